// The TURN server's clients on TCP and TLS of one shard (RFC 8656 section 3.1). A client stays on
// the shard that its connection was given to, and its allocation and relays with it: no packet of
// its own changes threads. (What it sends to another client's relay may, as over UDP.)
//
// Not Asio's operations: the sockets are watched with the relays' (RelayPoll), so that what many
// relays have received in one turn goes out to a client in one write, and an idle client holds no
// buffer.
//
// Thread-safety: none; belongs to its shard.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/net/turn/actions.h"
#include "server/metrics/turn_stream_counters.h"
#include "server/net/relay_poll.h"
#include "server/net/stream_limit.h"
#include "server/net/turn_stream.h"
#include "server/runtime/asio.h"

namespace parley {

class TurnStreams {
 public:
  // Who serves what they say.
  class Host {
   public:
    virtual ~Host() = default;
    virtual void from_stream(const turn::Client& client, turn::Packet packet) = 0;
    virtual void on_stream_gone(const turn::Client& client) = 0;
    virtual bool has_allocation(const turn::Client& client) const = 0;
    // To be called once what a turn of the event loop brought has been served.
    virtual void on_turn_over() = 0;
  };

  struct Setup {
    StreamLimit& limit;
    std::chrono::milliseconds idle;  // Timeouts::turn_stream_idle
  };

  // All of them must outlive it.
  TurnStreams(asio::io_context& context, RelayPoll& poll, Host& host, const Setup& setup);
  ~TurnStreams();

  // The tags in RelayPoll that are a stream's; others are a relay's number.
  static bool is_tag(std::uint64_t tag) { return (tag & tag_bit) != 0; }

  void start() { look_around(); }
  void stop();

  // Takes over `stream`, of which `read` has been read. False where there are too many.
  bool accept(Stream stream, std::string_view read);

  void on_ready(std::uint64_t tag);

  // For the stream of that number, with the next flush(); lost where it is gone or has no room.
  void send(std::uint64_t number, Bytes bytes, turn::action::Content content);
  void flush();

  const TurnStreamCounters& counters() const { return counters_; }

 private:
  static constexpr std::uint64_t tag_bit = std::uint64_t{1} << 62;

  TurnStream* find(std::uint64_t number);
  void receive(TurnStream& stream);
  bool take(TurnStream& stream, std::size_t bytes);
  void receive_rest_later(std::uint64_t number);
  void flush(TurnStream& stream);
  void end(const TurnStream& stream, TurnStreamEnding ending);
  void bury();
  void look_around();

  // At least a TLS record (RFC 8446 section 5.1), and not much more than one turn should last.
  static constexpr std::size_t read_bytes = 16 * 1024;

  asio::io_context& context_;
  RelayPoll& poll_;
  Host& host_;
  StreamLimit& limit_;
  Timer look_timer_;
  const std::chrono::milliseconds look_every_;
  std::uint64_t last_number_ = 0;
  std::unordered_map<std::uint64_t, std::unique_ptr<TurnStream>> streams_;
  std::vector<std::uint64_t> to_flush_;
  std::vector<std::uint64_t> to_bury_;
  TurnStreamCounters counters_;
  std::array<std::uint8_t, turn::headroom + TurnStream::longest_frame + read_bytes + turn::tailroom>
      buffer_{};
};

}  // namespace parley
