#include "core/signaling/messages.h"

#include "core/base/json_codec.h"

namespace parley {
namespace {

ErrorMessage describe(const DecodeError& error) {
  switch (error.kind) {
    case DecodeError::Kind::NotJson:
      return make_error(ErrorCode::BadMessage, "not JSON");
    case DecodeError::Kind::NotAnObject:
      return make_error(ErrorCode::BadMessage, "not an object");
    case DecodeError::Kind::NoType:
      return make_error(ErrorCode::BadMessage, "type");
    case DecodeError::Kind::UnknownType:
      return make_error(ErrorCode::UnknownType, error.detail);
    case DecodeError::Kind::BadField:
      return make_error(ErrorCode::BadMessage, error.detail);
  }
  return make_error(ErrorCode::BadMessage);
}

template <class Message>
Result<Message, ErrorMessage> decode(std::string_view text) {
  if (text.size() > limits::frame_bytes) return make_error(ErrorCode::TooLarge);
  auto decoded = from_json<Message>(text);
  if (!decoded) return describe(decoded.error());
  return std::move(*decoded);
}

}  // namespace

Result<ClientMessage, ErrorMessage> decode_client_message(std::string_view text) {
  return decode<ClientMessage>(text);
}

Result<ServerMessage, ErrorMessage> decode_server_message(std::string_view text) {
  return decode<ServerMessage>(text);
}

std::string encode(const ClientMessage& message) { return to_json(message); }

std::string encode(const ServerMessage& message) { return to_json(message); }

ErrorMessage make_error(ErrorCode code, std::optional<std::string> about) {
  const auto facts = facts_of(code);
  return {code, std::string(facts.sentence), facts.blame, std::move(about)};
}

}  // namespace parley
