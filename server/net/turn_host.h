// The TURN server of one shard: the core's machine with its sockets and its clock.
//
// Thread-safety: none; belongs to its shard. What other shards have for it comes by to_sibling.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "core/net/turn/machine.h"
#include "server/net/openssl_cryptography.h"
#include "server/net/packet_batch.h"
#include "server/net/relay_outbox.h"
#include "server/net/relay_poll.h"
#include "server/net/turn_streams.h"
#include "server/runtime/asio.h"

namespace parley {

// A payload on its way from one shard's relay to another's, with memory of its own.
struct Handover {
  TransportAddress relayed;
  TransportAddress from;
  std::vector<std::uint8_t> memory;  // headroom, payload, tailroom
  std::size_t size = 0;              // of the payload
};

class TurnHost final : private turn::RelaySockets, private TurnStreams::Host {
 public:
  struct Setup {
    FileDescriptor socket;     // see UdpPort
    TransportAddress address;  // what it is bound to
    turn::MachineOptions machine;
    turn::Quota& quota;
    TurnStreams::Setup streams;
    // Gives a handover to the shard of that index, from any thread.
    std::function<void(unsigned shard, Handover)> to_sibling;
  };

  TurnHost(asio::io_context& context, Setup setup);
  ~TurnHost() override;

  void start();
  // Closes the sockets, so that the shard's thread may end.
  void stop();

  void on_handover(Handover handover);

  // Takes over `stream`, of which `read` has been read, for TURN over TCP or TLS. False where there
  // are as many as may be, or the host has stopped.
  bool accept(Stream stream, std::string_view read);

  const turn::Machine& machine() const { return machine_; }
  const TurnStreamCounters& stream_counters() const { return streams_.counters(); }

 private:
  bool open(turn::RelayId id, const TransportAddress& local) override;
  void close(turn::RelayId id) override;

  void from_stream(const turn::Client& client, turn::Packet packet) override;
  void on_stream_gone(const turn::Client& client) override;
  bool has_allocation(const turn::Client& client) const override;
  void on_turn_over() override;

  void on_ready(std::span<const epoll_event> events);
  void serve_clients(Timestamp now);
  void serve_relay(turn::RelayId id, Timestamp now);
  void carry_out(const turn::Action& action, std::size_t index);
  void carry_out(const turn::action::ToPeer& action);
  void carry_out(const turn::action::ToSibling& action);
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
  RelayOutbox to_peers_;
  turn::Machine machine_;
  TurnStreams streams_;
  Timer expiry_timer_;
  std::optional<Timestamp> wakeup_;  // what expiry_timer_ is set to
  Timer clock_timer_;
};

}  // namespace parley
