// What a stream speaks, told by its first bytes: all protocols share one port.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace parley {

enum class StreamProtocol : std::uint8_t { Http, Tls, Stun };

// After so many bytes the protocol is always known: STUN's magic cookie ends there.
constexpr std::size_t first_bytes_needed = 8;

// Nothing while `bytes`, the first ones of a stream, leave it open. What is neither TLS nor STUN is
// taken for HTTP, which refuses in words what it does not understand. Any thread.
std::optional<StreamProtocol> protocol_of(std::string_view bytes);

}  // namespace parley
