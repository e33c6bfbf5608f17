#include "core/base/json_writer.h"

#include <array>
#include <charconv>

#include "core/base/json_scan.h"

namespace parley {
namespace {

// RFC 8259 section 7: quotation mark, reverse solidus and U+0000 to U+001F must be escaped.
bool needs_escape(char character) {
  return static_cast<unsigned char>(character) < 0x20 || character == '"' || character == '\\';
}

constexpr std::string_view short_escape(char character) {
  switch (character) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      return {};
  }
}

}  // namespace

void JsonWriter::separate() {
  if (needs_comma_) text_ += ',';
  needs_comma_ = true;
}

void JsonWriter::begin_object() {
  separate();
  text_ += '{';
  needs_comma_ = false;
}

void JsonWriter::end_object() {
  text_ += '}';
  needs_comma_ = true;
}

void JsonWriter::begin_array() {
  separate();
  text_ += '[';
  needs_comma_ = false;
}

void JsonWriter::end_array() {
  text_ += ']';
  needs_comma_ = true;
}

void JsonWriter::key(std::string_view name) {
  string(name);
  text_ += ':';
  needs_comma_ = false;
}

void JsonWriter::string(std::string_view utf8) {
  separate();
  text_ += '"';
  escape(utf8);
  text_ += '"';
}

void JsonWriter::integer(std::int64_t value) {
  separate();
  std::array<char, 24> digits;
  const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  text_.append(digits.data(), result.ptr);
}

void JsonWriter::unsigned_integer(std::uint64_t value) {
  separate();
  std::array<char, 24> digits;
  const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  text_.append(digits.data(), result.ptr);
}

void JsonWriter::boolean(bool value) {
  separate();
  text_ += value ? "true" : "false";
}

void JsonWriter::escape(std::string_view utf8) {
  std::size_t clean_from = 0;
  for (std::size_t at = 0; (at = plain_json_end(utf8, at)) < utf8.size(); ++at) {
    const char character = utf8[at];
    if (!needs_escape(character)) continue;
    text_.append(utf8, clean_from, at - clean_from);
    clean_from = at + 1;
    if (const auto escaped = short_escape(character); !escaped.empty()) {
      text_ += escaped;
    } else {
      constexpr std::string_view digits = "0123456789abcdef";
      const auto code = static_cast<unsigned char>(character);
      text_ += "\\u00";
      text_ += digits[code >> 4];
      text_ += digits[code & 0xf];
    }
  }
  text_.append(utf8, clean_from);
}

}  // namespace parley
