#include "load/crowd.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <stdexcept>
#include <string>

namespace bench {
namespace {

// So many rooms enter at once; more would only fill the listener's backlog.
constexpr std::size_t rooms_at_once = 50;
constexpr auto patience = std::chrono::minutes(1);

}  // namespace

Crowd::Crowd(const Dialect& dialect, const Target& target, std::size_t rooms)
    : epoll_(epoll_create1(0)) {
  connections_.reserve(2 * rooms);
  for (std::size_t room = 0; room < rooms; ++room) {
    const std::string name = "load-" + std::to_string(room);
    add(dialect, target, name);
    add(dialect, target, name);
    Connection& one = **(connections_.end() - 2);
    Connection& two = *connections_.back();
    one.other = &two;
    two.other = &one;
    if (room % rooms_at_once == rooms_at_once - 1) wait_until_ready();
  }
  wait_until_ready();
}

Crowd::~Crowd() { close(epoll_); }

void Crowd::add(const Dialect& dialect, const Target& target, const std::string& room) {
  auto& connection = connections_.emplace_back(std::make_unique<Connection>(dialect, target, room));
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = connection.get();
  epoll_ctl(epoll_, EPOLL_CTL_ADD, connection->descriptor(), &event);
}

void Crowd::wait_until_ready() {
  const auto deadline = Clock::now() + patience;
  // Whoever entered before is ready already.
  const auto newest = connections_.size() - std::min(connections_.size(), 2 * rooms_at_once);
  const auto unready = [](const auto& connection) { return !connection->ready(); };
  while (std::any_of(connections_.begin() + static_cast<std::ptrdiff_t>(newest), connections_.end(),
                     unready)) {
    serve_until(deadline, [](Connection&, std::string_view) {});
    if (Clock::now() > deadline) throw std::runtime_error("not everybody is ready in time");
  }
}

void Crowd::serve_until(Clock::time_point deadline, const Connection::OnMessage& on_message) {
  const auto left = std::max(Clock::duration::zero(), deadline - Clock::now());
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
  // Milliseconds would be too coarse for a steady rate of thousands a second.
  timespec timeout{seconds.count(),
                   std::chrono::duration_cast<std::chrono::nanoseconds>(left - seconds).count()};
  std::array<epoll_event, 128> events{};
  const int count =
      epoll_pwait2(epoll_, events.data(), static_cast<int>(events.size()), &timeout, nullptr);
  for (int i = 0; i < count; ++i) {
    const auto& event = events[static_cast<std::size_t>(i)];
    auto& connection = *static_cast<Connection*>(event.data.ptr);
    if ((event.events & EPOLLOUT) != 0) {
      connection.flush();
      if (!connection.wants_to_write()) {
        epoll_event quiet{};
        quiet.events = EPOLLIN;
        quiet.data.ptr = &connection;
        epoll_ctl(epoll_, EPOLL_CTL_MOD, connection.descriptor(), &quiet);
      }
    }
    if ((event.events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0) {
      connection.receive(on_message);
    }
  }
}

void Crowd::send(Connection& connection, std::string_view frame) {
  connection.send_frame(frame);
  if (!connection.wants_to_write()) return;
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT;
  event.data.ptr = &connection;
  epoll_ctl(epoll_, EPOLL_CTL_MOD, connection.descriptor(), &event);
}

}  // namespace bench
