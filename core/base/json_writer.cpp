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

// Of the characters that have one, what stands after the reverse solidus.
constexpr char short_escape(char character) {
  switch (character) {
    case '"':
    case '\\':
      return character;
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return '\0';
  }
}

constexpr std::size_t longest_escape = 6;  // \u001f

// Returns how many bytes it took.
std::size_t put_escape(char* to, char character) {
  to[0] = '\\';
  to[1] = short_escape(character);
  if (to[1] != '\0') return 2;
  constexpr std::string_view digits = "0123456789abcdef";
  const auto code = static_cast<unsigned char>(character);
  to[1] = 'u';
  to[2] = to[3] = '0';
  to[4] = digits[code >> 4];
  to[5] = digits[code & 0xf];
  return longest_escape;
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
  // Kept free behind what is written: the longest escape, and one word.
  constexpr std::size_t spare = longest_escape + JsonWord::bytes;
  const char* from = utf8.data();
  const char* const end = from + utf8.size();
  char* to = nullptr;
  char* last = nullptr;  // up to which there is room to spare
  std::size_t written = text_.size();
  while (from != end) {
    if (to >= last) {
      if (to != nullptr) written = static_cast<std::size_t>(to - text_.data());
      // An eighth more than is still to come: lines end with two escapes.
      text_.resize(written + static_cast<std::size_t>(end - from) * 9 / 8 + 2 * spare);
      to = text_.data() + written;
      last = text_.data() + text_.size() - spare;
    }
    if (static_cast<std::size_t>(end - from) >= JsonWord::bytes) {
      const JsonWord word(from);
      word.store(to);
      const auto is_special = word.is_control() | word.is('"') | word.is('\\');
      const auto plain = is_special != 0 ? JsonWord::position(is_special) : JsonWord::bytes;
      from += plain;
      to += plain;
      if (is_special == 0) continue;
    }
    const char character = *from++;
    if (needs_escape(character)) {
      to += put_escape(to, character);
    } else {
      *to++ = character;
    }
  }
  if (to != nullptr) text_.resize(static_cast<std::size_t>(to - text_.data()));
}

}  // namespace parley
