#include "server/net/frame_stream.h"

namespace parley {

FrameStream::FrameStream(Stream stream) : stream_(std::move(stream)) {
  // Or Asio would wait in write_now() and read_now() for the socket.
  error_code ignored;
  stream_.socket().non_blocking(true, ignored);
}

TlsNeed FrameStream::send_unsent(error_code& error) {
  std::size_t sent = 0;
  TlsOutcome outcome;
  while (sent < unsent_.size() && outcome.need == TlsNeed::Nothing && !outcome.error) {
    outcome = stream_.write_now(asio::buffer(unsent_) + sent);
    sent += outcome.bytes;
  }
  if (sent == unsent_.size() || outcome.error) {
    unsent_ = {};  // after an error nothing of it can be sent any more
  } else {
    unsent_.erase(0, sent);
  }
  error = outcome.error;
  return outcome.error ? TlsNeed::Nothing : outcome.need;
}

}  // namespace parley
