#include "server/net/relay_poll.h"

#include <cerrno>
#include <system_error>

namespace parley {
namespace {

// Looks at ready sockets before the event loop gets its turn for other things. At some microseconds
// a packet, signaling waits for about a millisecond.
constexpr int rounds_per_wakeup = 4;

int make_epoll() {
  const int epoll = epoll_create1(EPOLL_CLOEXEC);
  if (epoll < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  return epoll;
}

}  // namespace

RelayPoll::RelayPoll(asio::io_context& context, OnReady on_ready)
    : epoll_(context.get_executor(), make_epoll()), on_ready_(std::move(on_ready)) {}

bool RelayPoll::add(int socket, std::uint64_t tag) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = tag;
  return epoll_ctl(epoll_.native_handle(), EPOLL_CTL_ADD, socket, &event) == 0;
}

void RelayPoll::watch_writing(int socket, std::uint64_t tag, Writing writing) {
  epoll_event event{};
  event.events = writing == Writing::Watched ? EPOLLIN | EPOLLOUT : EPOLLIN;
  event.data.u64 = tag;
  epoll_ctl(epoll_.native_handle(), EPOLL_CTL_MOD, socket, &event);
}

void RelayPoll::stop() {
  error_code ignored;
  epoll_.close(ignored);
}

void RelayPoll::wait() {
  epoll_.async_wait(asio::posix::descriptor_base::wait_read, [this](error_code error) {
    if (error || !epoll_.is_open()) return;
    on_wakeup();
    wait();
  });
}

void RelayPoll::on_wakeup() {
  for (int round = 0; round < rounds_per_wakeup; ++round) {
    const int count =
        epoll_wait(epoll_.native_handle(), events_.data(), static_cast<int>(events_.size()), 0);
    if (count <= 0) return;
    on_ready_(std::span(events_).first(static_cast<std::size_t>(count)));
    if (static_cast<std::size_t>(count) < events_.size() / 2) return;
  }
}

}  // namespace parley
