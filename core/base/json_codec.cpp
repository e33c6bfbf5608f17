#include "core/base/json_codec.h"

namespace parley::json_detail {

void encode_text(JsonWriter& writer, const std::string& text) { writer.string(text); }

bool decode_member_of(const JsonValue& object, std::string_view name, DecodeMember decode,
                      void* member, std::string& path) {
  const auto found = object.member(name);
  const bool is_there = found && found->kind() != JsonValue::Kind::Null;
  if (decode(is_there ? &*found : nullptr, member, path)) return true;
  path.insert(0, path.empty() ? std::string(name) : std::string(name) + ".");
  return false;
}

bool decode_bounded(const JsonValue& source, std::size_t max_bytes, std::string& text) {
  // An escape takes at most six bytes of JSON for one of text ("\u0041").
  if (source.kind() != JsonValue::Kind::String || source.string_bound() / 6 > max_bytes) {
    return false;
  }
  text = source.string();
  return text.size() <= max_bytes;
}

std::optional<std::size_t> decode_name(const JsonValue& source, const std::string_view* names,
                                       std::size_t count) {
  for (std::size_t index = 0; index < count; ++index) {
    if (source.equals(names[index])) return index;
  }
  return std::nullopt;
}

}  // namespace parley::json_detail
