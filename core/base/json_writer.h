// Writes JSON text (RFC 8259) into one string, without an intermediate tree. The order of members
// is the order of calls, which keeps the text the same on every platform.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace parley {

class JsonWriter {
 public:
  JsonWriter() { text_.reserve(256); }

  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  void key(std::string_view name);

  void string(std::string_view utf8);
  void integer(std::int64_t value);
  void unsigned_integer(std::uint64_t value);
  void boolean(bool value);

  // Precondition: every object and array that was begun has ended.
  std::string take() { return std::move(text_); }

 private:
  void separate();
  void escape(std::string_view utf8);

  std::string text_;
  bool needs_comma_ = false;
};

}  // namespace parley
