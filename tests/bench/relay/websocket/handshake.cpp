#include "websocket/handshake.h"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace bench {
namespace {

// RFC 6455 section 1.3.
constexpr std::string_view accept_guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

std::string accept_of(std::string_view key) {
  const std::string text = std::string(key) + std::string(accept_guid);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int digest_bytes = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &digest_bytes, EVP_sha1(), nullptr);
  std::array<unsigned char, 64> encoded{};
  const int length = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(digest_bytes));
  return {encoded.begin(), encoded.begin() + length};
}

}  // namespace

std::string client_handshake(std::string_view host, std::string_view target,
                             std::string_view subprotocol) {
  std::string request = "GET " + std::string(target) + " HTTP/1.1\r\nHost: " + std::string(host) +
                        "\r\nOrigin: http://" + std::string(host) +
                        "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  if (!subprotocol.empty()) {
    request += "Sec-WebSocket-Protocol: " + std::string(subprotocol) + "\r\n";
  }
  return request + "\r\n";
}

std::string server_handshake(std::string_view request) {
  constexpr std::string_view name = "Sec-WebSocket-Key: ";
  const auto start = request.find(name);
  if (start == std::string_view::npos) throw std::runtime_error("a request without a key");
  const auto value = request.substr(start + name.size());
  return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         "Sec-WebSocket-Accept: " +
         accept_of(value.substr(0, value.find('\r'))) + "\r\n\r\n";
}

}  // namespace bench
