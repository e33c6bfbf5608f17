#include "server/net/turn_streams.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

namespace parley {
namespace {

// Reads of one stream in a turn: the others are served, too.
constexpr int most_reads = 4;

// A stream is idle when it is found without an allocation so often in a row.
constexpr unsigned looks_to_idle = 2;

// RFC 8656 section 3.1: a client of ours has no reason to go away in the middle of a frame.
TurnStreamEnding ending_of(error_code error) {
  return error == asio::error::eof ? TurnStreamEnding::ByClient : TurnStreamEnding::Lost;
}

}  // namespace

TurnStreams::TurnStreams(asio::io_context& context, RelayPoll& poll, Host& host, const Setup& setup)
    : context_(context),
      poll_(poll),
      host_(host),
      limit_(setup.limit),
      look_timer_(context),
      look_every_(setup.idle / looks_to_idle) {}

TurnStreams::~TurnStreams() { stop(); }

void TurnStreams::stop() {
  look_timer_.cancel();
  for (std::size_t left = streams_.size(); left > 0; --left) limit_.release();
  streams_.clear();
  counters_.open = 0;
}

TurnStream* TurnStreams::find(std::uint64_t number) {
  const auto found = streams_.find(number);
  return found == streams_.end() ? nullptr : found->second.get();
}

bool TurnStreams::accept(Stream stream, std::string_view read) {
  if (!limit_.acquire()) return false;
  const std::uint64_t number = ++last_number_;
  auto made = std::make_unique<TurnStream>(std::move(stream), read, number);
  TurnStream& added = *streams_.emplace(number, std::move(made)).first->second;
  ++(added.client().transport == turn::Transport::Tls ? counters_.opened_tls
                                                      : counters_.opened_tcp);
  ++counters_.open;
  if (!poll_.add(added.socket(), tag_bit | number)) {
    end(added, TurnStreamEnding::Lost);
  } else if (added.has_unread()) {
    receive(added);
  }
  host_.on_turn_over();
  return true;
}

// --- Receiving ---------------------------------------------------------------------------------

void TurnStreams::on_ready(std::uint64_t tag) {
  TurnStream* const stream = find(tag & ~tag_bit);
  if (stream == nullptr) return;  // ended since the event was reported
  // Of TLS, reading may wait for writing and the other way round: both get their chance.
  if (stream->is_waiting()) flush(*stream);
  receive(*stream);
}

void TurnStreams::receive(TurnStream& stream) {
  for (int reads = 0; reads < most_reads; ++reads) {
    std::uint8_t* const begin = buffer_.data() + turn::headroom;
    const std::size_t held = stream.frames().restore(begin);
    const TlsOutcome outcome = stream.receive(asio::buffer(begin + held, read_bytes));
    const bool is_understood =
        stream.frames().cut({begin, held + outcome.bytes}, [&](std::span<std::uint8_t> frame) {
          host_.from_stream(stream.client(), {frame.data(), frame.size()});
        });
    counters_.drops[static_cast<std::size_t>(TurnStreamDrop::TooLong)] +=
        stream.frames().take_too_long();
    if (!is_understood) return end(stream, TurnStreamEnding::Malformed);
    if (outcome.error) return end(stream, ending_of(outcome.error));
    if (outcome.need != TlsNeed::Nothing || !stream.has_unread()) return;
  }
  receive_rest_later(stream.client().stream);
}

// The socket will not report what TLS has read from it already.
void TurnStreams::receive_rest_later(std::uint64_t number) {
  asio::post(context_, [this, number] {
    TurnStream* const stream = find(number);
    if (stream == nullptr) return;
    receive(*stream);
    host_.on_turn_over();
  });
}

// --- Sending -----------------------------------------------------------------------------------

void TurnStreams::send(std::uint64_t number, Bytes bytes, turn::action::Content content) {
  TurnStream* const stream = find(number);
  if (stream == nullptr) return;
  const bool waited = stream->is_waiting();
  bool is_taken = stream->push(bytes, content);
  if (!is_taken && stream->blocked_on() == TlsNeed::Nothing) {
    // One turn brought more than the queue holds.
    flush(*stream);
    is_taken = stream->push(bytes, content);
  }
  if (!is_taken) {
    if (content == turn::action::Content::Answer) return end(*stream, TurnStreamEnding::Unread);
    ++counters_.drops[static_cast<std::size_t>(TurnStreamDrop::Unread)];
  } else if (!waited) {
    to_flush_.push_back(number);
  }
}

void TurnStreams::flush() {
  for (const auto number : to_flush_) {
    if (TurnStream* const stream = find(number)) flush(*stream);
  }
  to_flush_.clear();
  bury();
}

void TurnStreams::flush(TurnStream& stream) {
  const TlsNeed before = stream.blocked_on();
  if (const auto error = stream.flush()) return end(stream, ending_of(error));
  if (stream.blocked_on() == before) return;
  poll_.watch_writing(stream.socket(), tag_bit | stream.client().stream,
                      stream.blocked_on() == TlsNeed::Write ? Writing::Watched : Writing::Ignored);
}

// --- Ending ------------------------------------------------------------------------------------

// At the end of the turn: whoever asks for it may be in the middle of the stream's frames.
void TurnStreams::end(const TurnStream& stream, TurnStreamEnding ending) {
  const auto number = stream.client().stream;
  if (std::ranges::find(to_bury_, number) != to_bury_.end()) return;
  ++counters_.endings[static_cast<std::size_t>(ending)];
  to_bury_.push_back(number);
}

void TurnStreams::bury() {
  for (const auto number : std::exchange(to_bury_, {})) {
    const auto found = streams_.find(number);
    host_.on_stream_gone(found->second->client());
    streams_.erase(found);
    limit_.release();
    --counters_.open;
  }
}

void TurnStreams::look_around() {
  look_timer_.expires_after(look_every_);
  look_timer_.async_wait([this](error_code error) {
    if (error) return;
    for (const auto& [number, stream] : streams_) {
      stream->trim();
      stream->idle_looks = host_.has_allocation(stream->client()) ? 0 : stream->idle_looks + 1;
      if (stream->idle_looks > looks_to_idle) end(*stream, TurnStreamEnding::Idle);
    }
    bury();
    look_around();
  });
}

}  // namespace parley
