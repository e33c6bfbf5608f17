#include "server/net/first_bytes.h"

#include <algorithm>

namespace parley {
namespace {

// RFC 8446 section 5.1: a record of the handshake, then the legacy version's first byte.
constexpr std::string_view client_hello = "\x16\x03";

// RFC 7983 section 7: 0 to 3 is STUN. TURN's ChannelData, 64 to 79, cannot come first, because a
// channel is bound by messages of STUN on the same stream; these bytes are letters of HTTP's
// methods.
constexpr char last_of_stun = 3;

// RFC 8489 section 5: type and length, two bytes each, then the magic cookie.
constexpr std::size_t cookie_at = 4;
constexpr std::string_view magic_cookie = "\x21\x12\xa4\x42";

// Whether `bytes` begin with `wanted`, as far as they go.
bool agree(std::string_view bytes, std::string_view wanted) {
  const std::size_t both = std::min(bytes.size(), wanted.size());
  return bytes.substr(0, both) == wanted.substr(0, both);
}

}  // namespace

std::optional<StreamProtocol> protocol_of(std::string_view bytes) {
  if (bytes.empty()) return std::nullopt;
  if (agree(bytes, client_hello)) {
    if (bytes.size() < client_hello.size()) return std::nullopt;
    return StreamProtocol::Tls;
  }
  if (static_cast<unsigned char>(bytes.front()) > last_of_stun) return StreamProtocol::Http;
  if (bytes.size() <= cookie_at) return std::nullopt;
  if (!agree(bytes.substr(cookie_at), magic_cookie)) return StreamProtocol::Http;
  if (bytes.size() < first_bytes_needed) return std::nullopt;
  return StreamProtocol::Stun;
}

}  // namespace parley
