// The opening handshake of a WebSocket (RFC 6455 section 4), trusting the other side.
#pragma once

#include <string>
#include <string_view>

namespace bench {

// A client's request. `subprotocol` may be empty.
std::string client_handshake(std::string_view host, std::string_view target,
                             std::string_view subprotocol);

// The server's answer to `request`, the whole head of it.
std::string server_handshake(std::string_view request);

}  // namespace bench
