#include "server/net/ticket_keys.h"

#include <openssl/rand.h>

#include <algorithm>
#include <utility>

namespace parley {
namespace {

template <std::size_t N>
bool fill(std::array<unsigned char, N>& bytes) {
  return RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1;
}

}  // namespace

std::optional<TicketKey> TicketKeys::draw() {
  TicketKey key{};
  if (!fill(key.name) || !fill(key.cipher) || !fill(key.mac)) return std::nullopt;
  return key;
}

void TicketKeys::rotate(Clock::time_point now) {
  if (now - made_at_ < rotate_after) return;
  const bool is_previous_good = now - made_at_ < 2 * rotate_after;
  previous_ = is_previous_good ? std::exchange(current_, draw()) : std::nullopt;
  if (!is_previous_good) current_ = draw();
  made_at_ = now;
}

std::optional<TicketKey> TicketKeys::current(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  rotate(now);
  return current_;
}

std::optional<TicketKey> TicketKeys::find(const unsigned char* name, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  rotate(now);
  for (const auto& key : {current_, previous_}) {
    if (key && std::equal(key->name.begin(), key->name.end(), name)) return key;
  }
  return std::nullopt;
}

}  // namespace parley
