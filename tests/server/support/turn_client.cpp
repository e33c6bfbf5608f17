#include "tests/server/support/turn_client.h"

#include <chrono>

#include "core/net/stun/stream_framer.h"

namespace parley::testing {
namespace {

void write(stun::Writer& writer, const Ask& ask) {
  for (const auto& [attribute, value] : ask.attributes) writer.bytes(attribute, value);
  for (const auto& peer : ask.peers) writer.address(Attribute::XorPeerAddress, peer);
}

std::vector<std::uint8_t> copy_of(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace

TurnClient::TurnClient(TcpClient connection, std::string secret)
    : connection_(std::move(connection)), secret_(std::move(secret)) {
  const auto now = std::chrono::system_clock::now() + std::chrono::hours(1);
  const auto expiry = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch());
  username_ = std::to_string(expiry.count()) + ":ana";
}

stun::TransactionId TurnClient::next_transaction() {
  stun::TransactionId id{};
  id.back() = ++transactions_;
  return id;
}

void TurnClient::challenge() {
  std::array<std::uint8_t, 512> memory{};
  stun::Writer writer(memory, stun::Class::Request, stun::Method::Allocate, next_transaction());
  write(writer, allocation());
  send(copy_of(writer.finish()));
  const Answer answer(next_frame());
  ASSERT_EQ(answer.error(), 401u);
  nonce_ = text_of(*answer.message->find(Attribute::Nonce));
}

std::vector<std::uint8_t> TurnClient::request(const Ask& ask) {
  if (nonce_.empty()) challenge();
  std::array<std::uint8_t, 512> memory{};
  stun::Writer writer(memory, stun::Class::Request, ask.method, next_transaction());
  write(writer, ask);
  writer.text(Attribute::Username, username_);
  writer.text(Attribute::Realm, turn::realm);
  writer.text(Attribute::Nonce, nonce_);
  const auto password = turn::password_of(cryptography_, bytes_of(secret_), username_);
  const stun::LongTermKey key(cryptography_, stun::PasswordAlgorithm::Md5, bytes_of(username_),
                              bytes_of(turn::realm), bytes_of(password));
  writer.integrity(cryptography_, key.bytes());
  return copy_of(writer.finish());
}

Answer TurnClient::ask(const Ask& ask) {
  send(request(ask));
  auto frame = next_frame();
  // RFC 8489 section 5: the class bit that responses have and nothing else.
  while (!frame.empty() && (frame.front() & 0xc1) != 1) frame = next_frame();
  return Answer(frame);
}

void TurnClient::send(const std::vector<std::uint8_t>& bytes) { connection_.send(text_of(bytes)); }

void TurnClient::send_data(std::uint16_t channel, std::size_t size) {
  std::vector<std::uint8_t> frame(4 + stun::padded(size), 'd');
  store16(frame.data(), channel);
  store16(frame.data() + 2, static_cast<std::uint16_t>(size));
  send(frame);
}

std::vector<std::uint8_t> TurnClient::next_frame() {
  const auto header = connection_.receive_exactly(4);
  if (!header) return {};
  const auto frame = stun::frame_header_at(bytes_of(*header));
  EXPECT_TRUE(frame) << "neither STUN nor ChannelData";
  if (!frame) return {};
  const auto rest = connection_.receive_exactly(frame->whole - header->size());
  if (!rest) return {};
  return copy_of(bytes_of(*header + *rest));
}

}  // namespace parley::testing
