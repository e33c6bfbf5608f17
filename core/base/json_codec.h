// Turns structs into JSON text and back by their field lists (see fields.h). Decoding checks types,
// lengths and names, and says which field was wrong; it never throws and allocates no more than the
// text it was given.
//
// How C++ types stand in JSON:
//   bool, whole numbers, Number<Tag>   true/false, numbers
//   Duration, Timestamp                numbers (microseconds)
//   std::string, Text<Tag, N>          strings
//   an enum with names_of              one of its names
//   std::optional<T>                   the member is absent (null is read as absent)
//   std::vector<T>, Sequence<T, N>     arrays
//   std::array<T, N>                   arrays of N elements, no more and no less
//   std::map<K, V>                     arrays of [key, value], in order of key
//   a struct with fields()             objects; unknown members are ignored
//   std::variant of tagged structs     objects with "type"
#pragma once

#include <array>
#include <concepts>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include "core/base/fields.h"
#include "core/base/json_document.h"
#include "core/base/json_writer.h"
#include "core/base/result.h"
#include "core/base/strong.h"
#include "core/base/time.h"

namespace parley {

// A list that is refused when it comes in longer than `MaxElements`.
template <class T, std::size_t MaxElements>
struct Sequence : std::vector<T> {
  using std::vector<T>::vector;
};

// Why a text could not be decoded, for the one who sent it.
struct DecodeError {
  enum class Kind { NotJson, NotAnObject, NoType, UnknownType, BadField };
  Kind kind;
  std::string detail;  // the type or the path of the field, at most 64 bytes
};

// --- Encoding ----------------------------------------------------------------------------------

template <class T>
void encode_value(JsonWriter& writer, const T& value);

namespace json_detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
inline constexpr bool is_variant = false;
template <class... Ts>
inline constexpr bool is_variant<std::variant<Ts...>> = true;

template <class T>
inline constexpr bool is_fixed_list = false;
template <class T, std::size_t Size>
inline constexpr bool is_fixed_list<std::array<T, Size>> = true;

template <class T>
inline constexpr std::size_t max_elements = std::numeric_limits<std::size_t>::max();
template <class T, std::size_t Max>
inline constexpr std::size_t max_elements<Sequence<T, Max>> = Max;

template <class T>
concept List = requires(T list) {
  typename T::value_type;
  list.push_back(std::declval<typename T::value_type>());
}
&&!std::same_as<T, std::string>;

template <class T>
concept Map = requires {
  typename T::key_type;
  typename T::mapped_type;
};

template <class T>
concept TextType = requires {
  T::max_bytes;
};

template <class T>
concept NumberType = requires {
  typename T::Representation;
};

// No template, nor in line: where it is called a browser loads the call alone.
void encode_text(JsonWriter& writer, const std::string& text);

template <class T>
void encode_member(JsonWriter& writer, std::string_view name, const T& member) {
  if constexpr (is_optional<T>) {
    if (member) encode_member(writer, name, *member);
  } else {
    writer.key(name);
    encode_value(writer, member);
  }
}

template <class T>
void encode_members(JsonWriter& writer, const T& object) {
  for_each_field(object, [&](std::string_view name, const auto& member) {
    encode_member(writer, name, member);
  });
}

}  // namespace json_detail

template <class T>
void encode_value(JsonWriter& writer, const T& value) {
  using namespace json_detail;
  if constexpr (std::same_as<T, bool>) {
    writer.boolean(value);
  } else if constexpr (NamedEnum<T>) {
    writer.string(name_of(value));
  } else if constexpr (std::unsigned_integral<T>) {
    writer.unsigned_integer(value);
  } else if constexpr (std::signed_integral<T>) {
    writer.integer(value);
  } else if constexpr (std::same_as<T, Duration> || std::same_as<T, Timestamp>) {
    writer.integer(value.count_microseconds());
  } else if constexpr (NumberType<T>) {
    writer.unsigned_integer(value.value());
  } else if constexpr (std::same_as<T, std::string>) {
    encode_text(writer, value);
  } else if constexpr (TextType<T>) {
    encode_text(writer, value.value());
  } else if constexpr (is_variant<T>) {
    std::visit([&](const auto& alternative) { encode_value(writer, alternative); }, value);
  } else if constexpr (Map<T>) {
    writer.begin_array();
    for (const auto& [key, mapped] : value) {
      writer.begin_array();
      encode_value(writer, key);
      encode_value(writer, mapped);
      writer.end_array();
    }
    writer.end_array();
  } else if constexpr (List<T> || is_fixed_list<T>) {
    writer.begin_array();
    for (const auto& element : value) encode_value(writer, element);
    writer.end_array();
  } else {
    static_assert(Fielded<T>, "this type has no JSON form");
    writer.begin_object();
    if constexpr (Tagged<T>) {
      writer.key("type");
      writer.string(T::type);
    }
    encode_members(writer, value);
    writer.end_object();
  }
}

// The JSON text of `value`; the same text on every platform.
template <class T>
std::string to_json(const T& value) {
  JsonWriter writer;
  encode_value(writer, value);
  return writer.take();
}

// --- Decoding ----------------------------------------------------------------------------------

// Fills `target` from `source`; on failure returns false, and `path` names the field from the
// inside out ("sdp", then "payload.sdp").
template <class T>
bool decode_value(const JsonValue& source, T& target, std::string& path);

namespace json_detail {

// Decodes one member of a struct: a member that is absent, or null, comes as nullptr.
using DecodeMember = bool (*)(const JsonValue* source, void* member, std::string& path);

template <class T>
bool decode_member(const JsonValue* source, void* member, std::string& path) {
  T& target = *static_cast<T*>(member);
  if constexpr (is_optional<T>) {
    if (source) return decode_value(*source, target.emplace(), path);
    target.reset();
    return true;
  } else {
    return source && decode_value(*source, target, path);
  }
}

// What is the same for members of every type is no template: a browser loads each instance.
bool decode_member_of(const JsonValue& object, std::string_view name, DecodeMember decode,
                      void* member, std::string& path);

// The text of a string that takes at most `max_bytes`.
bool decode_bounded(const JsonValue& source, std::size_t max_bytes, std::string& text);

// The position of a string in `names`, or nothing.
std::optional<std::size_t> decode_name(const JsonValue& source, const std::string_view* names,
                                       std::size_t count);

template <class T>
bool decode_whole(const JsonValue& source, T& target) {
  const auto number = source.integer();
  if (!number || !std::in_range<T>(*number)) return false;
  target = static_cast<T>(*number);
  return true;
}

template <class T>
bool decode_enum(const JsonValue& source, T& target) {
  static constexpr auto names = names_of(T{});
  const auto index = decode_name(source, names.data(), names.size());
  if (index) target = static_cast<T>(*index);
  return index.has_value();
}

template <class T>
bool decode_text(const JsonValue& source, T& target) {
  std::string text;
  if (!decode_bounded(source, T::max_bytes, text) || !T::accepts(text)) return false;
  target = T(std::move(text));
  return true;
}

template <class T>
bool decode_list(const JsonValue& source, T& target, std::string& path) {
  if (source.kind() != JsonValue::Kind::Array || source.size() > max_elements<T>) return false;
  target.clear();
  target.reserve(source.size());
  return source.all_elements([&](JsonValue element) {
    typename T::value_type decoded{};
    if (!decode_value(element, decoded, path)) return false;
    target.push_back(std::move(decoded));
    return true;
  });
}

template <class T>
bool decode_fixed_list(const JsonValue& source, T& target, std::string& path) {
  if (source.kind() != JsonValue::Kind::Array || source.size() != target.size()) return false;
  auto* next = target.data();
  return source.all_elements(
      [&](JsonValue element) { return decode_value(element, *next++, path); });
}

template <class T>
bool decode_map(const JsonValue& source, T& target, std::string& path) {
  if (source.kind() != JsonValue::Kind::Array) return false;
  target.clear();
  return source.all_elements([&](JsonValue pair) {
    if (pair.size() != 2) return false;
    typename T::key_type key{};
    typename T::mapped_type mapped{};
    bool is_key = true;
    const bool valid = pair.all_elements([&](JsonValue part) {
      const bool decoded =
          is_key ? decode_value(part, key, path) : decode_value(part, mapped, path);
      is_key = false;
      return decoded;
    });
    if (valid) target.emplace(std::move(key), std::move(mapped));
    return valid;
  });
}

template <class T>
bool decode_fields(const JsonValue& source, T& target, std::string& path) {
  if (source.kind() != JsonValue::Kind::Object) return false;
  bool valid = true;
  for_each_field(target, [&](std::string_view name, auto& member) {
    valid = valid &&
            decode_member_of(source, name, decode_member<std::remove_cvref_t<decltype(member)>>,
                             &member, path);
  });
  return valid;
}

template <class Variant>
struct Alternative {
  std::string_view type;
  bool (*decode)(const JsonValue& source, Variant& target, std::string& path);
};

template <class T, class Variant>
bool decode_alternative(const JsonValue& source, Variant& target, std::string& path) {
  return decode_fields(source, target.template emplace<T>(), path);
}

template <class... Ts>
bool decode_variant(const JsonValue& source, std::variant<Ts...>& target, std::string& path) {
  using Variant = std::variant<Ts...>;
  static constexpr std::array<Alternative<Variant>, sizeof...(Ts)> alternatives{
      {{Ts::type, decode_alternative<Ts, Variant>}...}};
  if (const auto tag = source.member("type")) {
    for (const auto& alternative : alternatives) {
      if (tag->equals(alternative.type)) return alternative.decode(source, target, path);
    }
  }
  path = "type";
  return false;
}

}  // namespace json_detail

template <class T>
bool decode_value(const JsonValue& source, T& target, std::string& path) {
  using namespace json_detail;
  using Kind = JsonValue::Kind;
  if constexpr (std::same_as<T, bool>) {
    target = source.kind() == Kind::True;
    return target || source.kind() == Kind::False;
  } else if constexpr (NamedEnum<T>) {
    return decode_enum(source, target);
  } else if constexpr (std::integral<T>) {
    return decode_whole(source, target);
  } else if constexpr (std::same_as<T, Duration>) {
    std::int64_t count = 0;
    const bool valid = decode_whole(source, count);
    target = Duration::microseconds(count);
    return valid;
  } else if constexpr (std::same_as<T, Timestamp>) {
    std::int64_t count = 0;
    const bool valid = decode_whole(source, count);
    target = Timestamp::from_microseconds(count);
    return valid;
  } else if constexpr (NumberType<T>) {
    typename T::Representation number = 0;
    const bool valid = decode_whole(source, number);
    target = T(number);
    return valid;
  } else if constexpr (std::same_as<T, std::string>) {
    if (source.kind() != Kind::String) return false;
    target = source.string();
    return true;
  } else if constexpr (TextType<T>) {
    return decode_text(source, target);
  } else if constexpr (is_optional<T>) {
    return decode_value(source, target.emplace(), path);
  } else if constexpr (is_variant<T>) {
    return decode_variant(source, target, path);
  } else if constexpr (Map<T>) {
    return decode_map(source, target, path);
  } else if constexpr (List<T>) {
    return decode_list(source, target, path);
  } else if constexpr (is_fixed_list<T>) {
    return decode_fixed_list(source, target, path);
  } else {
    static_assert(Fielded<T>, "this type has no JSON form");
    return decode_fields(source, target, path);
  }
}

// Reads one JSON object as T. `detail` of an error is bounded, so that it can be sent back.
template <class T>
Result<T, DecodeError> from_json(std::string_view text) {
  constexpr std::size_t max_detail_bytes = 64;
  const auto document = JsonDocument::parse(text);
  if (!document) return DecodeError{DecodeError::Kind::NotJson, {}};
  const auto root = document->root();
  if (root.kind() != JsonValue::Kind::Object)
    return DecodeError{DecodeError::Kind::NotAnObject, {}};
  T value{};
  std::string path;
  if (decode_value(root, value, path)) return value;
  if constexpr (json_detail::is_variant<T>) {
    if (path == "type") {
      const auto tag = root.member("type");
      if (!tag || tag->kind() != JsonValue::Kind::String) {
        return DecodeError{DecodeError::Kind::NoType, {}};
      }
      const bool short_enough = tag->string_bound() <= max_detail_bytes;
      return DecodeError{DecodeError::Kind::UnknownType,
                         short_enough ? tag->string() : std::string()};
    }
  }
  return DecodeError{DecodeError::Kind::BadField, path.substr(0, max_detail_bytes)};
}

}  // namespace parley
