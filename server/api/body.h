// The body of a request as the value that an operation takes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "core/base/json_codec.h"
#include "server/api/answer.h"

namespace parley {

namespace body_detail {

template <class T>
bool has_field(std::string_view name) {
  return std::apply([&](const auto&... each) { return ((each.name == name) || ...); },
                    fields_of<T>);
}

// A member of the object `text` that T does not have. It may be misspelt, and what it was to change
// (a role, an end) would be as it is by default. Precondition: `text` is an object.
template <class T>
std::optional<std::string> unknown_field(std::string_view text) {
  // What an error tells of it.
  constexpr std::size_t longest_name = 64;
  const auto document = JsonDocument::parse(text);
  std::optional<std::string> unknown;
  document->root().all_members([&](JsonValue name, JsonValue) {
    const std::string known_or_not = name.string();
    if (!has_field<T>(known_or_not)) {
      unknown = known_or_not.size() > longest_name ? "(too long)" : known_or_not;
    }
    return !unknown;
  });
  return unknown;
}

}  // namespace body_detail

// The value, or the answer to whoever sent something else. `text` comes from the network.
template <class T>
Result<T, HttpResponse> read_body(std::string_view text) {
  auto value = from_json<T>(text);
  if (!value) {
    const auto& error = value.error();
    if (error.kind != DecodeError::Kind::BadField) {
      return error_answer(400, "bad-json", "The body is not one JSON object.");
    }
    return error_answer(400, "bad-field",
                        "The field " + error.detail + " is missing or not as it should be.");
  }
  if (const auto unknown = body_detail::unknown_field<T>(text)) {
    return error_answer(400, "unknown-field", "There is no field \"" + *unknown + "\".");
  }
  return std::move(*value);
}

}  // namespace parley
