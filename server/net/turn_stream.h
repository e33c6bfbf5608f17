// A client of the TURN server on TCP or TLS: its socket, what has come of its next frame, and what
// waits to be sent to it.
//
// Thread-safety: none; belongs to its shard.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/net/stun/frame_cutter.h"
#include "core/net/turn/actions.h"
#include "server/net/file_descriptor.h"
#include "server/net/stream.h"

namespace parley {

class TurnStream {
 public:
  // The longest frame that is read: a Send indication with the longest datagram that is relayed.
  static constexpr std::size_t longest_frame = 2048;

  // Takes over `stream`, of which `read` has been read. `number` tells it from all others.
  TurnStream(Stream stream, std::string_view read, std::uint64_t number);
  ~TurnStream();
  TurnStream(const TurnStream&) = delete;
  TurnStream& operator=(const TurnStream&) = delete;

  const turn::Client& client() const { return client_; }
  int socket() const { return socket_.get(); }
  stun::FrameCutter& frames() { return frames_; }

  // Reads what has come, at most the buffer's size. Does not wait.
  TlsOutcome receive(asio::mutable_buffer buffer);
  // Whether there is more in TLS's own buffer, of which the socket tells nothing.
  bool has_unread() const { return tls_ && tls_->has_unread(); }

  // Has `bytes` wait for flush(). False where as much waits already as may: then they are lost.
  bool push(Bytes bytes, turn::action::Content content);
  // Sends what waits, as much as the socket takes.
  error_code flush();
  bool is_waiting() const { return !waiting_.empty(); }
  // What the socket must be ready for before the next flush() can send anything.
  TlsNeed blocked_on() const { return blocked_on_; }

  // Gives back the memory of a queue that is empty.
  void trim();

  // How often in a row the client was found without an allocation; counted by the owner.
  unsigned idle_looks = 0;

 private:
  TlsOutcome write(asio::const_buffer bytes);

  FileDescriptor socket_;
  std::unique_ptr<TlsSession> tls_;  // none on TCP alone
  turn::Client client_;
  stun::FrameCutter frames_;
  std::vector<std::uint8_t> waiting_;
  TlsNeed blocked_on_ = TlsNeed::Nothing;
};

}  // namespace parley
