#include "core/signaling/types.h"

#include <algorithm>

namespace parley {
namespace {

bool is_name_character(char character) {
  return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z') ||
         (character >= '0' && character <= '9') || character == '-' || character == '_';
}

bool is_plain_identifier(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_name_character);
}

}  // namespace

bool RoomIdTag::allows(std::string_view text) { return is_plain_identifier(text); }

bool ParticipantIdTag::allows(std::string_view text) { return is_plain_identifier(text); }

// Control characters (C0 and DEL) have no place in a name and would break logs.
bool NameTag::allows(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char character) {
    return static_cast<unsigned char>(character) < 0x20 || character == 0x7f;
  });
}

}  // namespace parley
