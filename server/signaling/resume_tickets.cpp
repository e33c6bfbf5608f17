#include "server/signaling/resume_tickets.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <span>
#include <stdexcept>

#include "core/base/hexadecimal.h"

namespace parley {
namespace {

constexpr std::size_t expiry_digits = 8;
constexpr std::size_t claims_letters = expiry_digits + 1;
constexpr std::size_t signature_bytes = 16;

// In order of Standing.
constexpr std::string_view standing_letters = "gsh";

std::int64_t seconds_since_1970(ResumeTickets::Clock::time_point time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

std::string expiry_text(std::int64_t until) {
  std::array<unsigned char, expiry_digits / 2> bytes{};
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte, until >>= 8) {
    *byte = static_cast<unsigned char>(until & 0xff);
  }
  return hexadecimal(bytes);
}

}  // namespace

Secret ResumeTickets::issue(const RoomId& room, const ParticipantId& id, Standing standing,
                            Clock::time_point now) const {
  auto claims = expiry_text(seconds_since_1970(now + good_for));
  claims += standing_letters[static_cast<std::size_t>(standing)];
  return Secret(claims + sign(room, id, claims));
}

std::optional<Standing> ResumeTickets::check(const RoomId& room, const Resume& ticket,
                                             Clock::time_point now) const {
  const std::string_view text = ticket.secret.value();
  if (text.size() != claims_letters + 2 * signature_bytes) return std::nullopt;
  const auto claims = text.substr(0, claims_letters);
  const auto expected = sign(room, ticket.id, claims);
  const auto given = text.substr(claims_letters);
  // In constant time, so that a forger learns nothing from how long a refusal takes.
  if (CRYPTO_memcmp(expected.data(), given.data(), expected.size()) != 0) return std::nullopt;
  std::int64_t until = 0;
  std::from_chars(claims.data(), claims.data() + expiry_digits, until, 16);
  if (seconds_since_1970(now) >= until) return std::nullopt;
  // What was signed is one of them.
  return static_cast<Standing>(standing_letters.find(claims.back()));
}

std::string ResumeTickets::sign(const RoomId& room, const ParticipantId& id,
                                std::string_view claims) const {
  // NUL cannot occur in a room's name or an id, so that no two tickets sign the same text.
  std::string text = room.value();
  text.append(1, '\0').append(id.value()).append(1, '\0').append(claims);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (HMAC(EVP_sha256(), key_.bytes.data(), static_cast<int>(key_.bytes.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(),
           &size) == nullptr) {
    throw std::runtime_error("OpenSSL has no HMAC-SHA256");
  }
  return hexadecimal(std::span(digest).first<signature_bytes>());
}

}  // namespace parley
