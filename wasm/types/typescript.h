// Derives TypeScript declarations from the field lists of C++ structs, so that both sides of the
// WASM boundary are declared once. Native only; run at build time.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "core/base/json_codec.h"

namespace parley {

class TypeScriptWriter {
 public:
  // `name` of a struct of C++ type T.
  template <Fielded T>
  void interface_of(std::string_view name) {
    text_ += "export interface " + std::string(name) + " " + body<T>("  ", "\n") + "\n\n";
  }

  // `name` as the union of all alternatives of the variant T, told apart by `type`.
  template <class T>
  void union_of(std::string_view name) {
    text_ += "export type " + std::string(name) + " =" + alternatives(static_cast<T*>(nullptr)) +
             ";\n\n";
  }

  // `name` as the union of an enum's names.
  template <NamedEnum T>
  void enum_of(std::string_view name) {
    text_ += "export type " + std::string(name) + " = " + names<T>() + ";\n\n";
  }

  std::string take() { return std::move(text_); }

 private:
  template <class... Alternatives>
  std::string alternatives(std::variant<Alternatives...>*) {
    return (("\n  | " + body<Alternatives>("", " ")) + ...);
  }

  template <NamedEnum T>
  std::string names() {
    std::string text;
    for (const auto name : names_of(T{})) {
      text += (text.empty() ? "\"" : " | \"") + std::string(name) + "\"";
    }
    return text;
  }

  template <Fielded T>
  std::string body(std::string_view indent, std::string_view separator) {
    std::string text = "{" + std::string(separator);
    if constexpr (Tagged<T>) {
      text +=
          std::string(indent) + "type: \"" + std::string(T::type) + "\";" + std::string(separator);
    }
    T object{};
    for_each_field(object, [&](std::string_view name, const auto& member) {
      using Member = std::remove_cvref_t<decltype(member)>;
      const bool optional = json_detail::is_optional<Member>;
      text += std::string(indent) + std::string(name) + (optional ? "?: " : ": ") +
              type_of(static_cast<const Member*>(nullptr)) + ";" + std::string(separator);
    });
    return text + "}";
  }

  template <class T>
  std::string type_of(const std::optional<T>*) {
    return type_of(static_cast<const T*>(nullptr));
  }

  template <class... Ts>
  std::string type_of(const std::variant<Ts...>*) {
    std::string text;
    ((text += (text.empty() ? "" : " | ") + body<Ts>("", " ")), ...);
    return text;
  }

  template <class T>
  std::string type_of(const T*) {
    using namespace json_detail;
    if constexpr (std::same_as<T, bool>) {
      return "boolean";
    } else if constexpr (NamedEnum<T>) {
      return names<T>();
    } else if constexpr (std::integral<T> || NumberType<T> || std::same_as<T, Duration> ||
                         std::same_as<T, Timestamp>) {
      return "number";
    } else if constexpr (std::same_as<T, std::string> || TextType<T>) {
      return "string";
    } else if constexpr (List<T>) {
      const auto element = type_of(static_cast<const typename T::value_type*>(nullptr));
      const bool is_union = element.find('|') != std::string::npos && element.front() != '{';
      return is_union ? "(" + element + ")[]" : element + "[]";
    } else {
      return body<T>("", " ");
    }
  }

  std::string text_;
};

}  // namespace parley
