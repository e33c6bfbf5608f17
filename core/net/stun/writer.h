// Writes a STUN message into the caller's buffer.
//
//     Writer writer(buffer, Class::Success, Method::Binding, transaction);
//     writer.address(Attribute::XorMappedAddress, client);
//     Bytes message = writer.finish();
//
// Thread-safety: none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/net/address.h"
#include "core/net/bytes.h"
#include "core/net/stun/cryptography.h"
#include "core/net/stun/types.h"

namespace parley::stun {

// Bytes of an XOR-…-ADDRESS attribute with its header.
constexpr std::size_t address_attribute_bytes(AddressFamily family) {
  return attribute_header_bytes + 4 +
         (family == AddressFamily::Ipv4 ? IpAddress::ipv4_bytes : IpAddress::ipv6_bytes);
}

// Writes such an attribute at `to`, where there is room for it. `transaction` is the message's.
void write_address_attribute(std::uint8_t* to, Attribute attribute, const TransportAddress& address,
                             const TransactionId& transaction);

void write_header(std::uint8_t* to, Class message_class, Method method,
                  const TransactionId& transaction, std::size_t attribute_bytes);

// What does not fit into the buffer is left out, and finish() then yields nothing.
class Writer {
 public:
  Writer(MutableBytes buffer, Class message_class, Method method, const TransactionId& transaction);

  void bytes(Attribute attribute, Bytes value);
  void text(Attribute attribute, std::string_view value) { bytes(attribute, bytes_of(value)); }
  void number(Attribute attribute, std::uint32_t value);
  void address(Attribute attribute, const TransportAddress& address);
  // RFC 8489 section 14.8
  void error(ErrorCode code, std::string_view reason);

  // Over all that was written before. Precondition: `key` is not empty.
  void integrity(Cryptography& cryptography, Bytes key);
  void integrity_sha256(Cryptography& cryptography, Bytes key);
  // Last of all (RFC 8489 section 14.7).
  void fingerprint();

  // Bytes so far, the header included.
  std::size_t size() const { return size_; }

  // The message; empty when it did not fit.
  Bytes finish();

 private:
  // Room for an attribute's value, its header and padding written; nullptr where there is none.
  std::uint8_t* add(Attribute attribute, std::size_t bytes);
  void store_length(std::size_t whole);

  MutableBytes buffer_;
  std::size_t size_ = 0;
  TransactionId transaction_;
};

}  // namespace parley::stun
