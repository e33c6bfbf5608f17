#include "core/journal/scrub.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "core/base/json_codec.h"

namespace parley {
namespace {

bool is_digit(char character) { return character >= '0' && character <= '9'; }

bool is_hex(char character) {
  return is_digit(character) || (character >= 'a' && character <= 'f') ||
         (character >= 'A' && character <= 'F');
}

bool is_word(char character) {
  return is_digit(character) || (character >= 'a' && character <= 'z') ||
         (character >= 'A' && character <= 'Z') || character == '_' || character == '-';
}

// Length of the dotted quad at the beginning of `text`, 0 if there is none.
std::size_t ipv4_length(std::string_view text) {
  std::size_t at = 0;
  for (int group = 0; group < 4; ++group) {
    if (group > 0 && (at >= text.size() || text[at++] != '.')) return 0;
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at]) && at - begin < 3) ++at;
    if (at == begin) return 0;
  }
  const bool goes_on = at < text.size() && (is_word(text[at]) || text[at] == '.');
  return goes_on ? 0 : at;
}

// Length of the IPv6 address at the beginning of `text`, 0 if there is none. Generous: groups of up
// to four hexadecimal digits with at least two colons, and either eight groups or a double colon,
// so that times of day stay what they are. A DTLS fingerprint has 32 groups and is none.
std::size_t ipv6_length(std::string_view text) {
  std::size_t at = 0;
  std::size_t groups = 0;
  std::size_t colons = 0;
  bool has_gap = false;
  while (at < text.size()) {
    const std::size_t begin = at;
    while (at < text.size() && is_hex(text[at]) && at - begin < 5) ++at;
    if (at - begin > 4) return 0;
    if (at > begin) ++groups;
    if (at >= text.size() || text[at] != ':') break;
    if (at + 1 < text.size() && text[at + 1] == ':') {
      if (has_gap) return 0;
      has_gap = true;
      at += 2;
      colons += 2;
    } else {
      ++at;
      ++colons;
    }
  }
  const bool goes_on = at < text.size() && is_word(text[at]);
  if (goes_on || colons < 2 || groups == 0) return 0;
  return (has_gap ? groups < 8 : groups == 8) ? at : 0;
}

// What the core does with a secret: passes it on, or asks as well whether it is another than
// before. What people typed may hold anything, also quotation marks, whose escapes make it longer
// where it stands in a string within a string; its length says nothing.
enum class SecretUse { Opaque, Compared, Typed };

// The values that follow these are secrets; a journal holds them inside JSON and inside JSON within
// a JSON string, hence both forms of quotation mark.
struct SecretMark {
  std::string_view mark;
  std::string_view ends_with;
  SecretUse use;
};
constexpr std::array<SecretMark, 11> secret_marks{{
    {"a=ice-pwd:", "\\\r\n\"", SecretUse::Opaque},
    {"\"secret\":\"", "\"", SecretUse::Compared},
    {"\\\"secret\\\":\\\"", "\\", SecretUse::Compared},
    {"\"credential\":\"", "\"", SecretUse::Compared},
    {"\\\"credential\\\":\\\"", "\\", SecretUse::Compared},
    {"\"username\":\"", "\"", SecretUse::Compared},
    {"\\\"username\\\":\\\"", "\\", SecretUse::Compared},
    {"\"password\":\"", "\"", SecretUse::Typed},
    {"\\\"password\\\":\\\"", "\\", SecretUse::Typed},
    {"\"token\":\"", "\"", SecretUse::Typed},
    {"\\\"token\\\":\\\"", "\\", SecretUse::Typed},
}};

// Length of the rest of a JSON string, with its escapes; `is_nested` where it stands in another
// string, so that each of its quotation marks and reverse solidi is escaped once more.
std::size_t typed_length(std::string_view text, bool is_nested) {
  std::size_t at = 0;
  const auto is_at = [&](char character) { return at < text.size() && text[at] == character; };
  while (at < text.size() && !is_at('"')) {
    if (!is_at('\\')) {
      ++at;
    } else if (!is_nested) {
      at += 2;
    } else {
      if (text.substr(at, 2) == "\\\"") return at;
      // The solidus of an escape takes two characters, and so does what follows where it has to be
      // escaped itself.
      at += 2;
      at += is_at('\\') ? 2 : 1;
    }
  }
  return std::min(at, text.size());
}

class Scrubber {
 public:
  std::string run(std::string_view text) {
    result_.reserve(text.size());
    while (!text.empty()) {
      const std::size_t used = replace_secret(text);
      text.remove_prefix(used > 0 ? used : replace_address_or_copy(text));
    }
    return std::move(result_);
  }

 private:
  std::size_t replace_secret(std::string_view text) {
    if (text[0] != 'a' && text[0] != '"' && text[0] != '\\') return 0;
    for (const auto& [mark, ends_with, use] : secret_marks) {
      if (text.substr(0, mark.size()) != mark) continue;
      if (use == SecretUse::Typed) {
        const auto length = typed_length(text.substr(mark.size()), ends_with == "\\");
        result_ += mark;
        if (length > 0) result_ += 'x';
        return mark.size() + length;
      }
      const auto end = std::min(text.find_first_of(ends_with, mark.size()), text.size());
      result_ += mark;
      const auto length = end - mark.size();
      result_ +=
          use == SecretUse::Opaque
              ? std::string(length, 'x')
              : stand_in(compared_, text.substr(mark.size(), length), [&](std::size_t number) {
                  const auto digits = to_json(number);
                  const auto room = length - std::min(length, digits.size());
                  return std::string(room, 'x') + digits;
                });
      return end;
    }
    return 0;
  }

  // Looks for an address only where a word begins; copies the whole word otherwise. An escape (with
  // as many reverse solidi as JSON strings stand in one another here) is no part of a word.
  std::size_t replace_address_or_copy(std::string_view text) {
    if (text[0] == '\\') {
      const auto letter = std::min(text.find_first_not_of('\\'), text.size());
      const auto length = std::min(letter + 1, text.size());
      result_ += text.substr(0, length);
      return length;
    }
    if (!is_hex(text[0]) && text[0] != ':') {
      result_ += text[0];
      if (!is_word(text[0])) return 1;
      return 1 + copy_word(text.substr(1));
    }
    if (const auto length = ipv4_length(text)) {
      result_ += stand_in(addresses4_, text.substr(0, length), [](std::size_t number) {
        return (number <= 254 ? "192.0.2." : "198.51.100.") + to_json((number - 1) % 254 + 1);
      });
      return length;
    }
    if (const auto length = ipv6_length(text)) {
      result_ += stand_in(addresses6_, text.substr(0, length), [](std::size_t number) {
        constexpr std::string_view digits = "0123456789abcdef";
        std::string hex;
        for (; number > 0; number /= 16) hex.insert(hex.begin(), digits[number % 16]);
        return "2001:db8::" + hex;
      });
      return length;
    }
    result_ += text[0];
    return 1 + copy_word(text.substr(1));
  }

  std::size_t copy_word(std::string_view text) {
    const auto end = std::find_if_not(text.begin(), text.end(), [](char character) {
      return is_word(character) || character == '.' || character == ':';
    });
    const auto length = static_cast<std::size_t>(end - text.begin());
    result_ += text.substr(0, length);
    return length;
  }

  template <class Make>
  static std::string stand_in(std::map<std::string, std::string, std::less<>>& known,
                              std::string_view address, Make make) {
    if (const auto found = known.find(address); found != known.end()) return found->second;
    auto made = make(known.size() + 1);
    known.emplace(std::string(address), made);
    return made;
  }

  std::map<std::string, std::string, std::less<>> addresses4_;
  std::map<std::string, std::string, std::less<>> addresses6_;
  std::map<std::string, std::string, std::less<>> compared_;  // secrets
  std::string result_;
};

}  // namespace

std::string scrub(std::string_view journal) { return Scrubber().run(journal); }

}  // namespace parley
