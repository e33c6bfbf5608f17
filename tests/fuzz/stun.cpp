#include <algorithm>
#include <array>

#include "core/net/packet_kind.h"
#include "core/net/stun/fingerprint.h"
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
}

}  // namespace parley::fuzz
