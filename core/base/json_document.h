// Reads JSON text (RFC 8259) that came from outside. One pass checks the whole text and lays a flat
// list of values; nothing is copied, recursed into or allocated per value. It refuses what it need
// not understand: nesting deeper than `max_depth`, invalid UTF-8, lone surrogates in \u escapes.
//
// Thread-safety: distinct objects are independent; reading a const document is safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

class JsonDocument;

// A view of one value; valid as long as its document and the text the document was parsed from.
class JsonValue {
 public:
  enum class Kind : std::uint8_t { Null, False, True, Integer, Fraction, String, Array, Object };

  Kind kind() const;

  // The number when it is a whole one within the range of std::int64_t (Kind::Integer).
  std::optional<std::int64_t> integer() const;

  // The string with its escapes resolved, valid UTF-8. Precondition: kind() is String.
  std::string string() const;

  // An upper bound of string().size(), known without resolving escapes.
  std::size_t string_bound() const;

  // Whether the string equals `text`. False for other kinds.
  bool equals(std::string_view text) const;

  // The member of an object by name; of duplicates the last, as in JavaScript's JSON.parse.
  // Nothing for other kinds.
  std::optional<JsonValue> member(std::string_view name) const;

  // Number of elements of an array or members of an object; 0 for other kinds.
  std::size_t size() const;

  // Calls `visit(element)` for each element of an array while it returns true.
  template <class Visitor>
  bool all_elements(Visitor&& visit) const;

  // Calls `visit(name, value)` for each member of an object while it returns true.
  template <class Visitor>
  bool all_members(Visitor&& visit) const;

  // The text of this value as it stands in the document.
  std::string_view raw() const;

 private:
  friend class JsonDocument;
  JsonValue(const JsonDocument& document, std::uint32_t index)
      : document_(&document), index_(index) {}

  const JsonDocument* document_;
  std::uint32_t index_;
};

class JsonDocument {
 public:
  // Deeper than any message of the protocol (5) or any input of a call (6).
  static constexpr std::size_t max_depth = 16;

  // Nothing when `text` is not exactly one JSON value within the limits. `text` must outlive the
  // document; its length must fit 32 bits.
  static std::optional<JsonDocument> parse(std::string_view text);

  JsonValue root() const { return JsonValue(*this, 0); }

 private:
  friend class JsonValue;
  friend class JsonParser;

  struct Entry {
    JsonValue::Kind kind;
    bool has_escapes;
    std::uint32_t begin;  // offset of the first byte; of a string: after the quotation mark
    std::uint32_t end;    // offset after the last byte; of a string: of the closing mark
    std::uint32_t next;   // index of the entry after this value and all it contains
    std::uint32_t size;   // elements or members
  };

  explicit JsonDocument(std::string_view text) : text_(text) {}

  std::string_view text_;
  std::vector<Entry> entries_;
};

template <class Visitor>
bool JsonValue::all_elements(Visitor&& visit) const {
  if (kind() != Kind::Array) return true;
  const auto& entries = document_->entries_;
  for (std::uint32_t at = index_ + 1; at < entries[index_].next; at = entries[at].next) {
    if (!visit(JsonValue(*document_, at))) return false;
  }
  return true;
}

template <class Visitor>
bool JsonValue::all_members(Visitor&& visit) const {
  if (kind() != Kind::Object) return true;
  const auto& entries = document_->entries_;
  for (std::uint32_t at = index_ + 1; at < entries[index_].next; at = entries[at + 1].next) {
    if (!visit(JsonValue(*document_, at), JsonValue(*document_, at + 1))) return false;
  }
  return true;
}

}  // namespace parley
