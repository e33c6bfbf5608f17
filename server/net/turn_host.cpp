#include "server/net/turn_host.h"

#include <algorithm>
#include <cerrno>

namespace parley {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t shared_socket_tag = ~std::uint64_t{0};

// Datagrams taken from one socket in a turn: the others are served, too.
constexpr std::size_t most_from_clients = 32;
constexpr std::size_t most_from_relay = 8;

// The system's clock may be set while the server runs.
constexpr auto look_at_clock = std::chrono::seconds(30);

Timestamp now() {
  return Timestamp::from_microseconds(
      std::chrono::duration_cast<std::chrono::microseconds>(Clock::now().time_since_epoch())
          .count());
}

SharedSocket describe(const FileDescriptor& socket, const TransportAddress& address) {
  const bool is_ipv4 = address.ip.family() == AddressFamily::Ipv4;
  const bool is_for_all = address.ip == IpAddress() || address.ip == IpAddress::ipv4(0);
  return {socket.get(), is_ipv4 ? AF_INET : AF_INET6, address,
          is_for_all ? LocalAddress::Asked : LocalAddress::Fixed};
}

}  // namespace

TurnHost::TurnHost(asio::io_context& context, Setup setup)
    : socket_(std::move(setup.socket)),
      to_sibling_(std::move(setup.to_sibling)),
      poll_(context, [this](std::span<const epoll_event> events) { on_ready(events); }),
      batch_(describe(socket_, setup.address)),
      to_peers_(segmentation_of(socket_.get())),
      machine_({*this, cryptography_, setup.quota}, std::move(setup.machine)),
      streams_(context, poll_, *this, setup.streams),
      expiry_timer_(context),
      clock_timer_(context) {}

TurnHost::~TurnHost() = default;

void TurnHost::start() {
  keep_time();
  poll_.add(socket_.get(), shared_socket_tag);
  poll_.start();
  streams_.start();
}

void TurnHost::stop() {
  streams_.stop();
  poll_.stop();
  expiry_timer_.cancel();
  clock_timer_.cancel();
  relays_.clear();
  socket_ = FileDescriptor();
}

void TurnHost::keep_time() {
  const auto wall = std::chrono::system_clock::now().time_since_epoch();
  machine_.set_wall_clock(std::chrono::duration_cast<std::chrono::seconds>(wall).count(), now());
  clock_timer_.expires_after(look_at_clock);
  clock_timer_.async_wait([this](error_code error) {
    if (!error) keep_time();
  });
}

// --- Sockets -----------------------------------------------------------------------------------

bool TurnHost::open(turn::RelayId id, const TransportAddress& local) {
  const int family = local.ip.family() == AddressFamily::Ipv4 ? AF_INET : AF_INET6;
  FileDescriptor socket(::socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  SocketAddress name{};
  const socklen_t size = to_socket_address(local, family, name);
  if (!socket || bind(socket.get(), &name.any, size) != 0) return false;
  if (!poll_.add(socket.get(), id.value())) return false;
  if (id.value() >= relays_.size()) relays_.resize(id.value() + 1);
  relays_[id.value()] = {std::move(socket), family};
  return true;
}

// Closing takes it off the poll's list, too. What came before its end is still sent.
void TurnHost::close(turn::RelayId id) {
  to_peers_.flush();
  if (id.value() < relays_.size()) relays_[id.value()] = {};
}

// --- Packets -----------------------------------------------------------------------------------

void TurnHost::on_ready(std::span<const epoll_event> events) {
  const Timestamp at = now();
  for (const epoll_event& event : events) {
    if (batch_.free_places() < most_from_clients) batch_.flush();
    if (event.data.u64 == shared_socket_tag) {
      serve_clients(at);
    } else if (TurnStreams::is_tag(event.data.u64)) {
      streams_.on_ready(event.data.u64);
    } else {
      serve_relay(turn::RelayId(static_cast<turn::RelayId::Representation>(event.data.u64)), at);
    }
  }
  on_turn_over();
}

void TurnHost::on_turn_over() {
  batch_.flush();
  streams_.flush();
  schedule();
}

void TurnHost::serve_clients(Timestamp at) {
  const std::size_t count = batch_.receive_shared(most_from_clients);
  for (std::size_t index = 0; index < count; ++index) {
    const Received& received = batch_.received(index);
    if (received.packet.data == nullptr) continue;
    const turn::Client client{turn::Transport::Udp, received.to, received.from, 0};
    carry_out(machine_.from_client(client, received.packet, at), index);
  }
  to_peers_.flush();
}

void TurnHost::serve_relay(turn::RelayId id, Timestamp at) {
  // Closed since the event was reported.
  if (id.value() >= relays_.size() || !relays_[id.value()].socket) return;
  const std::size_t count = batch_.receive(relays_[id.value()].socket.get(), most_from_relay);
  for (std::size_t index = 0; index < count; ++index) {
    const Received& received = batch_.received(index);
    if (received.packet.data == nullptr) continue;
    carry_out(machine_.from_peer(id, received.from, received.packet, at), index);
  }
}

// `index`: of the datagram that led to it, where that is in the batch.
void TurnHost::carry_out(const turn::Action& action, std::size_t index) {
  if (const auto* peer = std::get_if<turn::action::ToPeer>(&action)) {
    carry_out(*peer);
  } else if (const auto* client = std::get_if<turn::action::ToClient>(&action)) {
    if (client->client.transport == turn::Transport::Udp) {
      batch_.send_shared(index, client->client, client->bytes);
    } else {
      streams_.send(client->client.stream, client->bytes, client->content);
    }
  } else if (const auto* sibling = std::get_if<turn::action::ToSibling>(&action)) {
    carry_out(*sibling);
  }
}

void TurnHost::carry_out(const turn::action::ToPeer& action) {
  const RelaySocket& relay = relays_[action.relay.value()];
  to_peers_.add({relay.socket.get(), relay.family}, action.peer, action.bytes);
}

void TurnHost::carry_out(const turn::action::ToSibling& action) {
  Handover handover{action.relayed, action.from, {}, action.payload.size};
  handover.memory.resize(turn::headroom + action.payload.size + turn::tailroom);
  std::ranges::copy(action.payload.bytes(), handover.memory.begin() + turn::headroom);
  to_sibling_(action.share, std::move(handover));
}

void TurnHost::on_handover(Handover handover) {
  if (!socket_) return;
  const turn::Packet packet{handover.memory.data() + turn::headroom, handover.size};
  // Not in the batch: then it is sent at once.
  carry_out(machine_.from_sibling(handover.relayed, handover.from, packet, now()), 0);
  streams_.flush();
}

// --- Streams -----------------------------------------------------------------------------------

bool TurnHost::accept(Stream stream, std::string_view read) {
  return socket_ && streams_.accept(std::move(stream), read);
}

void TurnHost::from_stream(const turn::Client& client, turn::Packet packet) {
  carry_out(machine_.from_client(client, packet, now()), 0);
  to_peers_.flush();
}

void TurnHost::on_stream_gone(const turn::Client& client) { machine_.on_client_gone(client); }

bool TurnHost::has_allocation(const turn::Client& client) const {
  return machine_.has_allocation(client);
}

// --- Time --------------------------------------------------------------------------------------

void TurnHost::schedule() {
  const auto wakeup = machine_.next_timeout();
  // Later than it is set to: then it finds nothing to do, and is set anew.
  if (!wakeup || (wakeup_ && *wakeup_ <= *wakeup)) return;
  wakeup_ = wakeup;
  expiry_timer_.expires_at(
      Clock::time_point(std::chrono::microseconds(wakeup->count_microseconds())));
  expiry_timer_.async_wait([this](error_code error) {
    if (error) return;
    wakeup_.reset();
    machine_.tick(now());
    schedule();
  });
}

}  // namespace parley
