#include "core/signaling/types.h"

#include <algorithm>

namespace parley {
namespace {

bool is_name_character(char character) {
  return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z') ||
         (character >= '0' && character <= '9') || character == '-' || character == '_';
}

bool is_control_character(char character) {
  return static_cast<unsigned char>(character) < 0x20 || character == 0x7f;
}

// U+0080 to U+009F, as UTF-8.
bool has_c1_control_character(std::string_view text) {
  for (auto at = text.find('\xc2'); at != std::string_view::npos; at = text.find('\xc2', at + 1)) {
    if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xa0) return true;
  }
  return false;
}

bool is_plain_identifier(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_name_character);
}

}  // namespace

bool RoomIdTag::allows(std::string_view text) { return is_plain_identifier(text); }

bool ParticipantIdTag::allows(std::string_view text) { return is_plain_identifier(text); }

// Control characters (C0 and DEL) have no place in a name and would break logs.
bool NameTag::allows(std::string_view text) {
  return std::none_of(text.begin(), text.end(), is_control_character);
}

bool NoticeTag::allows(std::string_view text) {
  return !text.empty() && !has_c1_control_character(text) &&
         std::none_of(text.begin(), text.end(), [](char character) {
           return is_control_character(character) && character != '\n';
         });
}

}  // namespace parley
