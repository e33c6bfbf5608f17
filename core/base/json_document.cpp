#include "core/base/json_document.h"

#include <array>
#include <charconv>
#include <limits>

#include "core/base/json_scan.h"
#include "core/base/utf8.h"

namespace parley {
namespace {

bool is_digit(char character) { return character >= '0' && character <= '9'; }

bool is_space(char character) {
  return character == ' ' || character == '\n' || character == '\r' || character == '\t';
}

// The value of the four hexadecimal digits at `at`.
std::optional<std::uint32_t> hex4(std::string_view text, std::size_t at) {
  if (text.size() < at + 4) return std::nullopt;
  std::uint32_t value = 0;
  const auto* begin = text.data() + at;
  const auto result = std::from_chars(begin, begin + 4, value, 16);
  if (result.ec != std::errc() || result.ptr != begin + 4) return std::nullopt;
  return value;
}

bool is_high_surrogate(std::uint32_t unit) { return unit >= 0xd800 && unit <= 0xdbff; }
bool is_low_surrogate(std::uint32_t unit) { return unit >= 0xdc00 && unit <= 0xdfff; }

struct UnicodeEscape {
  std::uint32_t code_point;
  std::size_t length;  // bytes of text, 6 or 12
};

// The escape whose reverse solidus is at `at`; RFC 8259 section 7 leaves lone surrogates undefined,
// here they are an error.
std::optional<UnicodeEscape> unicode_escape(std::string_view text, std::size_t at) {
  const auto unit = hex4(text, at + 2);
  if (!unit || is_low_surrogate(*unit)) return std::nullopt;
  if (!is_high_surrogate(*unit)) return UnicodeEscape{*unit, 6};
  if (text.substr(at + 6, 2) != "\\u") return std::nullopt;
  const auto low = hex4(text, at + 8);
  if (!low || !is_low_surrogate(*low)) return std::nullopt;
  return UnicodeEscape{0x10000 + ((*unit - 0xd800) << 10) + (*low - 0xdc00), 12};
}

// What stands for which character after a reverse solidus; RFC 8259 section 7.
constexpr auto simple_escapes = [] {
  std::array<char, 128> characters{};
  constexpr std::string_view letters = "bfnrt\"\\/";
  constexpr std::string_view meant = "\b\f\n\r\t\"\\/";
  for (std::size_t each = 0; each < letters.size(); ++each) {
    characters[static_cast<unsigned char>(letters[each])] = meant[each];
  }
  return characters;
}();

// Nothing ('\0') for a letter that stands for none.
char simple_escape(char letter) {
  const auto index = static_cast<unsigned char>(letter);
  return index < simple_escapes.size() ? simple_escapes[index] : '\0';
}

}  // namespace

// A pushdown automaton with an explicit stack of open containers.
class JsonParser {
 public:
  explicit JsonParser(JsonDocument& document)
      : text_(document.text_), entries_(document.entries_) {}

  bool run() {
    if (text_.size() > std::numeric_limits<std::uint32_t>::max()) return false;
    for (auto expected = Expected::Value; expected != Expected::Nothing;) {
      if (expected == Expected::Value) {
        expected = value();
      } else if (depth_ > 0) {
        expected = after_element();
      } else {
        skip_space();
        return at_ == text_.size();
      }
    }
    return false;
  }

 private:
  using Kind = JsonValue::Kind;

  // What may stand next; Nothing after an error.
  enum class Expected { Value, CommaOrEnd, Nothing };

  static Expected after(bool valid, Expected next = Expected::CommaOrEnd) {
    return valid ? next : Expected::Nothing;
  }

  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  bool consume(char expected) {
    if (at_ >= text_.size() || text_[at_] != expected) return false;
    ++at_;
    return true;
  }

  JsonDocument::Entry& add(Kind kind, std::size_t begin, std::size_t end) {
    entries_.push_back({kind, false, static_cast<std::uint32_t>(begin),
                        static_cast<std::uint32_t>(end),
                        static_cast<std::uint32_t>(entries_.size() + 1), 0});
    return entries_.back();
  }

  Expected value() {
    skip_space();
    if (at_ >= text_.size()) return Expected::Nothing;
    const char first = text_[at_];
    if (first == '{') return open(Kind::Object);
    if (first == '[') return open(Kind::Array);
    if (first == '"') return after(string());
    if (first == '-' || is_digit(first)) return after(number());
    return after(literal("true", Kind::True) || literal("false", Kind::False) ||
                 literal("null", Kind::Null));
  }

  bool literal(std::string_view word, Kind kind) {
    if (text_.substr(at_, word.size()) != word) return false;
    add(kind, at_, at_ + word.size());
    at_ += word.size();
    return true;
  }

  Expected open(Kind kind) {
    if (depth_ == JsonDocument::max_depth) return Expected::Nothing;
    open_[depth_++] = static_cast<std::uint32_t>(entries_.size());
    add(kind, at_, at_);
    ++at_;
    skip_space();
    if (at_ < text_.size() && text_[at_] == (kind == Kind::Object ? '}' : ']')) {
      close();
      return Expected::CommaOrEnd;
    }
    return after(kind == Kind::Array || member_name(), Expected::Value);
  }

  void close() {
    ++at_;
    auto& entry = entries_[open_[--depth_]];
    entry.end = static_cast<std::uint32_t>(at_);
    entry.next = static_cast<std::uint32_t>(entries_.size());
  }

  // After a value inside a container: either a comma and the next value, or the container's end.
  Expected after_element() {
    auto& container = entries_[open_[depth_ - 1]];
    const bool is_object = container.kind == Kind::Object;
    ++container.size;
    skip_space();
    if (consume(',')) return after(!is_object || member_name(), Expected::Value);
    if (at_ >= text_.size() || text_[at_] != (is_object ? '}' : ']')) return Expected::Nothing;
    close();
    return Expected::CommaOrEnd;
  }

  bool member_name() {
    skip_space();
    if (at_ >= text_.size() || text_[at_] != '"' || !string()) return false;
    skip_space();
    return consume(':');
  }

  bool string() {
    const std::size_t begin = ++at_;
    bool has_escapes = false;
    for (;;) {
      at_ = plain_json_end(text_, at_);
      if (at_ >= text_.size()) return false;
      const char character = text_[at_];
      if (character == '"') break;
      if (character == '\\') {
        has_escapes = true;
        // Lines end with two of them.
        do {
          if (!skip_escape()) return false;
        } while (at_ < text_.size() && text_[at_] == '\\');
      } else if (static_cast<unsigned char>(character) < 0x20) {
        return false;
      } else {
        const std::size_t length = utf8_sequence_length(text_, at_);
        if (length == 0) return false;
        at_ += length;
      }
    }
    add(Kind::String, begin, at_).has_escapes = has_escapes;
    ++at_;
    return true;
  }

  bool skip_escape() {
    if (at_ + 1 >= text_.size()) return false;
    if (text_[at_ + 1] == 'u') {
      const auto escape = unicode_escape(text_, at_);
      if (!escape) return false;
      at_ += escape->length;
      return true;
    }
    if (simple_escape(text_[at_ + 1]) == '\0') return false;
    at_ += 2;
    return true;
  }

  bool digits() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return at_ > begin;
  }

  // RFC 8259 section 6.
  bool number() {
    const std::size_t begin = at_;
    Kind kind = Kind::Integer;
    consume('-');
    if (!consume('0') && !digits()) return false;
    if (consume('.')) {
      kind = Kind::Fraction;
      if (!digits()) return false;
    }
    if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      kind = Kind::Fraction;
      ++at_;
      if (!consume('+')) consume('-');
      if (!digits()) return false;
    }
    add(kind, begin, at_);
    return true;
  }

  std::string_view text_;
  std::vector<JsonDocument::Entry>& entries_;
  std::size_t at_ = 0;
  std::array<std::uint32_t, JsonDocument::max_depth> open_{};
  std::size_t depth_ = 0;
};

std::optional<JsonDocument> JsonDocument::parse(std::string_view text) {
  JsonDocument document(text);
  // A message of the protocol holds about this many values.
  document.entries_.reserve(32);
  if (!JsonParser(document).run()) return std::nullopt;
  return document;
}

JsonValue::Kind JsonValue::kind() const { return document_->entries_[index_].kind; }

std::size_t JsonValue::size() const { return document_->entries_[index_].size; }

std::string_view JsonValue::raw() const {
  const auto& entry = document_->entries_[index_];
  const std::uint32_t quote = entry.kind == Kind::String ? 1 : 0;
  return document_->text_.substr(entry.begin - quote, entry.end - entry.begin + 2 * quote);
}

std::optional<std::int64_t> JsonValue::integer() const {
  if (kind() != Kind::Integer) return std::nullopt;
  const auto digits = raw();
  std::int64_t value = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (result.ec != std::errc()) return std::nullopt;
  return value;
}

std::size_t JsonValue::string_bound() const {
  const auto& entry = document_->entries_[index_];
  return entry.end - entry.begin;
}

std::string JsonValue::string() const {
  const auto& entry = document_->entries_[index_];
  const auto source = document_->text_.substr(entry.begin, entry.end - entry.begin);
  if (!entry.has_escapes) return std::string(source);
  // An escape is never shorter than what it stands for, so that what is written stays behind what
  // is read, and whole words can be stored.
  std::string text(source.size(), '\0');
  char* to = text.data();
  for (std::size_t at = 0; at < source.size();) {
    if (source.size() - at >= JsonWord::bytes) {
      const JsonWord word(source.data() + at);
      word.store(to);
      const auto is_escape = word.is('\\');
      const auto plain = is_escape != 0 ? JsonWord::position(is_escape) : JsonWord::bytes;
      at += plain;
      to += plain;
      if (is_escape == 0) continue;
    }
    if (source[at] != '\\') {
      *to++ = source[at++];
    } else if (source[at + 1] == 'u') {
      const auto decoded = unicode_escape(source, at);
      to = put_utf8(to, decoded->code_point);
      at += decoded->length;
    } else {
      *to++ = simple_escape(source[at + 1]);
      at += 2;
    }
  }
  text.resize(static_cast<std::size_t>(to - text.data()));
  return text;
}

bool JsonValue::equals(std::string_view text) const {
  const auto& entry = document_->entries_[index_];
  if (entry.kind != Kind::String) return false;
  if (entry.has_escapes) return string() == text;
  return document_->text_.substr(entry.begin, entry.end - entry.begin) == text;
}

std::optional<JsonValue> JsonValue::member(std::string_view name) const {
  std::optional<JsonValue> found;
  all_members([&](JsonValue key, JsonValue value) {
    if (key.equals(name)) found = value;
    return true;
  });
  return found;
}

}  // namespace parley
