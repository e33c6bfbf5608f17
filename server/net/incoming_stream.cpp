#include "server/net/incoming_stream.h"

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <variant>

#include "server/http/http_connection.h"
#include "server/net/first_bytes.h"
#include "server/net/stream_acceptor.h"
#include "server/net/tls_identity.h"

namespace parley {
namespace {

class IncomingStream final : public StreamPeer,
                             public std::enable_shared_from_this<IncomingStream> {
 public:
  IncomingStream(Shard& shard, TcpSocket socket, AddressLease lease)
      : shard_(shard), stream_(std::move(socket)), deadline_(shard.executor()) {
    stream_.keep(std::move(lease));
    shard_.add(*this);
  }
  ~IncomingStream() override { shard_.remove(*this); }

  Task<> run(std::shared_ptr<IncomingStream> self);
  void abort() override { stream_.close(); }

 private:
  using Identified = std::variant<StreamProtocol, StreamEnding>;

  Task<Identified> identify();
  Task<Identified> read_first_bytes();
  Task<std::optional<StreamEnding>> shake_hands();
  std::string_view read() const { return {bytes_.data(), size_}; }
  StreamEnding ending_of(error_code error) const;
  void hand_over(StreamProtocol protocol);
  void count(StreamEnding ending) {
    ++shard_.metrics().stream_endings[static_cast<std::size_t>(ending)];
  }

  Shard& shard_;
  Stream stream_;
  Timer deadline_;
  std::array<char, first_bytes_needed> bytes_{};  // the first ones, while they are not handed on
  std::size_t size_ = 0;
};

Task<> IncomingStream::run(std::shared_ptr<IncomingStream>) {
  // One deadline for all of it: however a client divides its bytes, it gains no time.
  deadline_.expires_after(shard_.service().options.timeouts.first_bytes);
  deadline_.async_wait([weak = weak_from_this()](error_code error) {
    if (const auto self = weak.lock(); self && !error) self->stream_.cancel();
  });
  const Identified identified = co_await identify();
  deadline_.cancel();
  if (const auto* protocol = std::get_if<StreamProtocol>(&identified)) {
    hand_over(*protocol);
  } else {
    count(std::get<StreamEnding>(identified));
    stream_.close();
  }
}

Task<IncomingStream::Identified> IncomingStream::identify() {
  const TlsIdentity* tls = shard_.service().tls.get();
  const Identified outer = co_await read_first_bytes();
  if (tls == nullptr || outer != Identified(StreamProtocol::Tls)) co_return outer;
  stream_.start_tls(*tls->current(), read());
  size_ = 0;
  if (const auto ending = co_await shake_hands()) co_return *ending;
  // What both sides have agreed on needs no guess, and nothing else may be smuggled in.
  const std::string_view agreed = stream_.tls().application_protocol();
  if (agreed == "http/1.1") co_return StreamProtocol::Http;
  if (agreed == "stun.turn") co_return StreamProtocol::Stun;
  co_return co_await read_first_bytes();
}

Task<IncomingStream::Identified> IncomingStream::read_first_bytes() {
  for (;;) {
    if (const auto protocol = protocol_of(read())) co_return *protocol;
    const auto [error, bytes] = co_await stream_.async_read_some(
        asio::buffer(bytes_.data() + size_, bytes_.size() - size_), as_result);
    if (error) co_return ending_of(error);
    size_ += bytes;
  }
}

Task<std::optional<StreamEnding>> IncomingStream::shake_hands() {
  for (;;) {
    const TlsOutcome outcome = stream_.tls().shake_hands();
    if (outcome.error) {
      co_return outcome.error == asio::error::eof ? StreamEnding::Lost : StreamEnding::TlsFailed;
    }
    if (outcome.need == TlsNeed::Nothing) co_return std::nullopt;
    const auto [error] = co_await stream_.async_wait_for(outcome.need, as_result);
    if (error) co_return ending_of(error);
  }
}

StreamEnding IncomingStream::ending_of(error_code error) const {
  return error == asio::error::operation_aborted ? StreamEnding::TooSlow : StreamEnding::Lost;
}

void IncomingStream::hand_over(StreamProtocol protocol) {
  if (protocol != StreamProtocol::Stun) {
    serve_http(shard_, std::move(stream_), read());
  } else if (const auto& acceptor = shard_.service().stun_streams) {
    if (!acceptor->accept(shard_, std::move(stream_), read())) count(StreamEnding::TurnFull);
  } else {
    count(StreamEnding::NoTurn);
    stream_.close();
  }
}

}  // namespace

void serve_stream(Shard& shard, TcpSocket socket, AddressLease lease) {
  asio::post(shard.executor(), [&shard, socket = std::move(socket),
                                lease = std::move(lease)]() mutable {
    if (shard.service().readiness == Readiness::Stopping) return;
    auto incoming = std::make_shared<IncomingStream>(shard, std::move(socket), std::move(lease));
    auto& life = *incoming;
    asio::co_spawn(shard.executor(), life.run(std::move(incoming)),
                   [](const std::exception_ptr& failure) {
                     if (failure) std::rethrow_exception(failure);
                   });
  });
}

}  // namespace parley
