#include <algorithm>
#include <array>

#include "core/net/packet_kind.h"
#include "core/net/stun/fingerprint.h"
#include "core/net/stun/frame_cutter.h"
#include "core/net/stun/integrity.h"
#include "core/net/stun/reader.h"
#include "core/net/stun/stream_framer.h"
#include "core/net/stun/writer.h"
#include "tests/fuzz/bodies.h"
#include "tests/fuzz/check.h"

namespace parley::fuzz {
namespace {

void read(const stun::Message& message) {
  std::size_t bytes = stun::header_bytes;
  for (const auto each : message) {
    bytes += stun::attribute_header_bytes + stun::padded(each.value.size());
    const auto address = message.decode_address(each.value);
    if (!address) continue;
    std::array<std::uint8_t, 64> memory{};
    stun::Writer writer(memory, stun::Class::Success, stun::Method::Binding, message.transaction());
    writer.address(stun::Attribute::XorMappedAddress, *address);
    const auto again = stun::Message::parse(writer.finish());
    check(again && again->find_address(stun::Attribute::XorMappedAddress) == address,
          "an address reads as it was written");
  }
  check(bytes == message.bytes().size(), "attributes fill the message");
  stun::check_fingerprint(message);
  stun::integrity_of(message);
}

// Cut in pieces of `size`, a stream has the frames that it has in one.
std::vector<std::size_t> frames_of(Bytes stream, std::size_t size) {
  constexpr std::size_t longest = 64;
  stun::FrameCutter cutter(longest);
  std::vector<std::uint8_t> buffer(longest + size);
  std::vector<std::size_t> sizes;
  while (!stream.empty()) {
    const Bytes piece = stream.first(std::min(size, stream.size()));
    stream = stream.subspan(piece.size());
    const std::size_t held = cutter.restore(buffer.data());
    check(held < longest, "no more than a frame is kept");
    std::ranges::copy(piece, buffer.begin() + static_cast<std::ptrdiff_t>(held));
    const auto count = [&](std::span<std::uint8_t> frame) { sizes.push_back(frame.size()); };
    if (!cutter.cut(std::span(buffer).first(held + piece.size()), count)) break;
  }
  return sizes;
}

}  // namespace

void stun(std::string_view text) {
  const Bytes bytes = bytes_of(text);
  if (const auto message = stun::Message::parse(bytes)) {
    check(kind_of(bytes) == PacketKind::Stun, "a message is told by its first byte");
    read(*message);
  }
  for (Bytes rest = bytes;;) {
    const auto frame = stun::frame_at(rest);
    if (!frame) break;
    check(frame->size <= frame->whole && frame->whole <= rest.size() && frame->size > 0,
          "a frame lies within what was received");
    rest = rest.subspan(frame->whole);
  }
  if (!bytes.empty()) {
    check(frames_of(bytes, 1) == frames_of(bytes, bytes.size()), "pieces make no difference");
  }
}

}  // namespace parley::fuzz
