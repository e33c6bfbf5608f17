#include "server/signaling/identity.h"

#include <openssl/rand.h>

#include <array>
#include <stdexcept>

namespace parley {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

std::string draw(std::size_t length) {
  // Bytes past the largest multiple of 62 would make the first letters likelier; they are redrawn.
  constexpr unsigned fair = 256 - 256 % static_cast<unsigned>(alphabet.size());
  std::string text;
  text.reserve(length);
  std::array<unsigned char, 64> bytes{};
  while (text.size() < length) {
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
      // Going on with guessable secrets would be worse than ending.
      throw std::runtime_error("the operating system yields no random bytes");
    }
    for (const unsigned char byte : bytes) {
      if (byte < fair && text.size() < length) text.push_back(alphabet[byte % alphabet.size()]);
    }
  }
  return text;
}

}  // namespace

ParticipantId draw_participant_id() { return ParticipantId(draw(10)); }

}  // namespace parley
