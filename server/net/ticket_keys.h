// The keys of TLS's session tickets (RFC 5077, RFC 8446 section 4.6.1): with a ticket a client that
// comes back is spared the certificate and half of the cryptography. Whoever has a key can read
// TLS 1.2 connections that were resumed with it, so keys live in memory only and not for long.
//
// Thread-safety: any thread.
#pragma once

#include <array>
#include <chrono>
#include <mutex>
#include <optional>

namespace parley {

struct TicketKey {
  // RFC 5077 section 4: the name tells the key, the rest encrypts (AES-256-CBC) and signs
  // (HMAC-SHA-256).
  std::array<unsigned char, 16> name;
  std::array<unsigned char, 32> cipher;
  std::array<unsigned char, 32> mac;
};

class TicketKeys {
 public:
  using Clock = std::chrono::steady_clock;

  // New tickets get a new key after so long, and tickets of the one before are still taken for as
  // long: someone who has a call each day is known again within a working day.
  static constexpr auto rotate_after = std::chrono::hours(8);

  explicit TicketKeys(Clock::time_point now) : made_at_(now), current_(draw()) {}

  // What new tickets are made with. Nothing when the system yields no random bytes.
  std::optional<TicketKey> current(Clock::time_point now);

  // The key called so, if its tickets are still good.
  std::optional<TicketKey> find(const unsigned char* name, Clock::time_point now);

 private:
  static std::optional<TicketKey> draw();
  void rotate(Clock::time_point now);

  std::mutex mutex_;
  Clock::time_point made_at_;
  std::optional<TicketKey> current_;
  std::optional<TicketKey> previous_;
};

}  // namespace parley
