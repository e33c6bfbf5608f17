// The least a WebSocket relay can do, as the yardstick for one that does more: each connection that
// asks for /?room=NAME is paired with the other one of that name, and every text frame goes to it
// unparsed. One thread, one epoll; trusts its clients. Not a server to run anywhere.
//
//   bare_relay PORT

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <unordered_map>
#include <vector>

#include "websocket/frame.h"
#include "websocket/handshake.h"

namespace {

using bench::Opcode;

struct Connection {
  int fd = -1;
  bool open = false;  // the handshake is over
  Connection* other = nullptr;
  std::string room;
  std::string unread;  // the beginning of a frame or of a request
  std::string unsent;  // what the socket did not take
};

class Relay {
 public:
  explicit Relay(std::uint16_t port) : epoll_(epoll_create1(0)), listener_(listen_on(port)) {
    watch(listener_, nullptr, EPOLLIN);
  }

  [[noreturn]] void run() {
    std::array<epoll_event, 256> events{};
    for (;;) {
      const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
      for (int i = 0; i < count; ++i) {
        const auto& event = events[static_cast<std::size_t>(i)];
        if (event.data.ptr == nullptr) {
          accept_all();
        } else {
          serve(*static_cast<Connection*>(event.data.ptr), event.events);
        }
      }
      gone_.clear();
    }
  }

 private:
  static int listen_on(std::uint16_t port) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    const int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        listen(fd, SOMAXCONN) != 0) {
      throw std::system_error(errno, std::generic_category(), "listen");
    }
    return fd;
  }

  void watch(int fd, Connection* connection, std::uint32_t what, int operation = EPOLL_CTL_ADD) {
    epoll_event event{};
    event.events = what;
    event.data.ptr = connection;
    epoll_ctl(epoll_, operation, fd, &event);
  }

  void accept_all() {
    for (int fd; (fd = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK)) >= 0;) {
      const int on = 1;
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      auto& connection = connections_[fd] = std::make_unique<Connection>();
      connection->fd = fd;
      watch(fd, connection.get(), EPOLLIN);
    }
  }

  void serve(Connection& connection, std::uint32_t events) {
    if ((events & EPOLLOUT) != 0) flush(connection);
    if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) == 0) return;
    const auto kept = connection.unread.size();
    if (kept > 0) connection.unread.copy(buffer_.data(), kept);
    const auto got = read(connection.fd, buffer_.data() + kept, buffer_.size() - kept);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) return drop(connection);
    std::size_t size = kept + static_cast<std::size_t>(got);
    const std::size_t used = connection.open ? forward(connection, size) : open(connection, size);
    connection.unread.assign(buffer_.data() + used, size - used);
  }

  std::size_t open(Connection& connection, std::size_t size) {
    const std::string_view request(buffer_.data(), size);
    const auto end = request.find("\r\n\r\n");
    if (end == std::string_view::npos) return 0;
    const auto start = request.find("room=") + 5;
    connection.room = request.substr(start, request.find(' ', start) - start);
    const std::string answer = bench::server_handshake(request.substr(0, end + 4));
    send_all(connection, answer, {});
    connection.open = true;
    if (auto waiting = waiting_.find(connection.room); waiting != waiting_.end()) {
      connection.other = waiting->second;
      waiting->second->other = &connection;
      waiting_.erase(waiting);
    } else {
      waiting_[connection.room] = &connection;
    }
    return end + 4;
  }

  std::size_t forward(Connection& connection, std::size_t size) {
    std::size_t used = 0;
    while (auto frame = bench::parse_frame(buffer_.data() + used, size - used)) {
      used += frame->size;
      if (frame->opcode != Opcode::Text || connection.other == nullptr) continue;
      const auto header = bench::server_frame_header(Opcode::Text, frame->payload.size());
      send_all(*connection.other, header, frame->payload);
    }
    return used;
  }

  void send_all(Connection& to, std::string_view header, std::string_view payload) {
    std::size_t taken = 0;
    if (to.unsent.empty()) {
      std::array<iovec, 2> parts{iovec{const_cast<char*>(header.data()), header.size()},
                                 iovec{const_cast<char*>(payload.data()), payload.size()}};
      taken = static_cast<std::size_t>(std::max<ssize_t>(0, writev(to.fd, parts.data(), 2)));
      if (taken == header.size() + payload.size()) return;
      watch(to.fd, &to, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
    }
    if (taken < header.size()) to.unsent += header.substr(taken);
    to.unsent += payload.substr(taken < header.size() ? 0 : taken - header.size());
  }

  void flush(Connection& to) {
    const auto taken = write(to.fd, to.unsent.data(), to.unsent.size());
    if (taken > 0) to.unsent.erase(0, static_cast<std::size_t>(taken));
    if (to.unsent.empty()) watch(to.fd, &to, EPOLLIN, EPOLL_CTL_MOD);
  }

  void drop(Connection& connection) {
    if (connection.other != nullptr) connection.other->other = nullptr;
    if (auto waiting = waiting_.find(connection.room);
        waiting != waiting_.end() && waiting->second == &connection) {
      waiting_.erase(waiting);
    }
    close(connection.fd);
    // The rest of this round's events may still name it.
    const auto entry = connections_.find(connection.fd);
    gone_.push_back(std::move(entry->second));
    connections_.erase(entry);
  }

  int epoll_;
  int listener_;
  std::unordered_map<int, std::unique_ptr<Connection>> connections_;
  std::unordered_map<std::string, Connection*> waiting_;  // alone in their rooms
  std::vector<std::unique_ptr<Connection>> gone_;
  std::array<char, 256 * 1024> buffer_{};
};

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 2) throw std::runtime_error("usage: bare_relay PORT");
  const auto relay = std::make_unique<Relay>(static_cast<std::uint16_t>(std::atoi(argv[1])));
  std::cout << "listening" << std::endl;
  relay->run();
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
