// A struct lists its fields once; the JSON codec, the journal and the snapshot of a call's state
// all work from that list:
//
//     struct Resume {
//       ParticipantId id;
//       Secret secret;
//       static constexpr auto fields() {
//         return std::tuple(field("id", &Resume::id), field("secret", &Resume::secret));
//       }
//     };
//
// A struct that is one case of a std::variant also has `static constexpr std::string_view type`,
// which stands in the JSON as "type". An enum lists its names by an overload
// `constexpr auto names_of(Enum)` that returns a std::array<std::string_view, N> in order of value.
#pragma once

#include <string_view>
#include <tuple>

namespace parley {

template <class Owner, class Member>
struct Field {
  std::string_view name;
  Member Owner::*member;
};

template <class Owner, class Member>
constexpr Field<Owner, Member> field(std::string_view name, Member Owner::*member) {
  return {name, member};
}

template <class T>
concept Fielded = requires {
  T::fields();
};

template <class T>
concept Tagged = Fielded<T> && requires {
  T::type;
};

template <class T>
concept NamedEnum = requires(T value) {
  names_of(value);
};

template <NamedEnum Enum>
constexpr std::string_view name_of(Enum value) {
  return names_of(value)[static_cast<std::size_t>(value)];
}

// The list as a constant: at run time there is nothing to put together.
template <Fielded T>
inline constexpr auto fields_of = T::fields();

// Calls `visit(name, member)` for every field of `object`, in the order of the list.
template <class Object, class Visitor>
constexpr void for_each_field(Object& object, Visitor&& visit) {
  std::apply([&](const auto&... each) { (visit(each.name, object.*(each.member)), ...); },
             fields_of<std::remove_const_t<Object>>);
}

}  // namespace parley
