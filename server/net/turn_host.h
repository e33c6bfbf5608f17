// The TURN server of one shard: the core's machine with its sockets and its clock.
//
// Thread-safety: none; belongs to its shard. What other shards have for it comes by to_sibling.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

#include "core/net/turn/machine.h"
#include "server/net/openssl_cryptography.h"
#include "server/net/packet_batch.h"
#include "server/net/relay_poll.h"
#include "server/runtime/asio.h"

namespace parley {

// A payload on its way from one shard's relay to another's, with memory of its own.
struct Handover {
  TransportAddress relayed;
  TransportAddress from;
  std::vector<std::uint8_t> memory;  // headroom, payload, tailroom
  std::size_t size = 0;              // of the payload
};

class TurnHost final : private turn::RelaySockets {
 public:
  struct Setup {
    FileDescriptor socket;     // see UdpPort
    TransportAddress address;  // what it is bound to
    turn::MachineOptions machine;
    turn::Quota& quota;
    // Gives a handover to the shard of that index, from any thread.
    std::function<void(unsigned shard, Handover)> to_sibling;
  };

  TurnHost(asio::io_context& context, Setup setup);
  ~TurnHost() override;

  void start();
  // Closes the sockets, so that the shard's thread may end.
  void stop();

  void on_handover(Handover handover);

  const turn::Machine& machine() const { return machine_; }

 private:
  bool open(turn::RelayId id, const TransportAddress& local) override;
  void close(turn::RelayId id) override;

  void on_ready(std::span<const epoll_event> events);
  void serve_clients(Timestamp now);
  void serve_relay(turn::RelayId id, Timestamp now);
  void carry_out(const turn::Action& action, std::size_t index);
  void schedule();
  void keep_time();

  struct RelaySocket {
    FileDescriptor socket;
    int family = AF_INET;
  };

  FileDescriptor socket_;
  OpensslCryptography cryptography_;
  std::function<void(unsigned, Handover)> to_sibling_;
  std::vector<RelaySocket> relays_;  // by RelayId
  RelayPoll poll_;
  PacketBatch batch_;
  turn::Machine machine_;
  Timer expiry_timer_;
  std::optional<Timestamp> wakeup_;  // what expiry_timer_ is set to
  Timer clock_timer_;
};

}  // namespace parley
