#include "tests/simulation/socket.h"

namespace parley::simulation {
namespace {

template <class What>
void delay(std::deque<Pending<What>>& queue, Timestamp until) {
  for (auto& each : queue) each.at = std::max(each.at, until);
}

}  // namespace

void Socket::die() {
  up.clear();
  down.clear();
  line = Line::Dead;
}

void Socket::hold() {
  if (line == Line::Open) line = Line::Held;
}

void Socket::flow(Timestamp late) {
  if (line != Line::Held) return;
  line = Line::Open;
  server_notices.reset();
  delay(up, late);
  delay(down, late);
}

}  // namespace parley::simulation
