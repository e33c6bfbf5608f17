#include "core/net/stun/writer.h"

#include <algorithm>

#include "core/net/stun/fingerprint.h"

namespace parley::stun {

void write_header(std::uint8_t* to, Class message_class, Method method,
                  const TransactionId& transaction, std::size_t attribute_bytes) {
  store16(to, type_of(message_class, method));
  store16(to + 2, static_cast<std::uint16_t>(attribute_bytes));
  store32(to + 4, magic_cookie);
  std::copy(transaction.begin(), transaction.end(), to + 8);
}

void write_address_attribute(std::uint8_t* to, Attribute attribute, const TransportAddress& address,
                             const TransactionId& transaction) {
  const auto family = address.ip.family();
  store16(to, static_cast<std::uint16_t>(attribute));
  store16(to + 2,
          static_cast<std::uint16_t>(address_attribute_bytes(family) - attribute_header_bytes));
  to[4] = 0;
  to[5] = family == AddressFamily::Ipv4 ? 1 : 2;
  store16(to + 6, static_cast<std::uint16_t>(address.port ^ magic_cookie >> 16));
  if (family == AddressFamily::Ipv4) {
    store32(to + 8, address.ip.ipv4_bits() ^ magic_cookie);
    return;
  }
  const std::uint64_t mask = std::uint64_t{magic_cookie} << 32 | load32(transaction.data());
  store64(to + 8, address.ip.high() ^ mask);
  store64(to + 16, address.ip.low() ^ load64(transaction.data() + 4));
}

Writer::Writer(MutableBytes buffer, Class message_class, Method method,
               const TransactionId& transaction)
    : buffer_(buffer), transaction_(transaction) {
  if (buffer.size() < header_bytes) {
    size_ = buffer.size() + 1;
    return;
  }
  write_header(buffer.data(), message_class, method, transaction, 0);
  size_ = header_bytes;
}

std::uint8_t* Writer::add(Attribute attribute, std::size_t bytes) {
  const std::size_t whole = attribute_header_bytes + padded(bytes);
  if (size_ > buffer_.size() || whole > buffer_.size() - size_) {
    size_ = buffer_.size() + 1;
    return nullptr;
  }
  std::uint8_t* const at = buffer_.data() + size_;
  store16(at, static_cast<std::uint16_t>(attribute));
  store16(at + 2, static_cast<std::uint16_t>(bytes));
  if (whole > attribute_header_bytes) store32(at + whole - 4, 0);  // the padding
  size_ += whole;
  return at + attribute_header_bytes;
}

void Writer::bytes(Attribute attribute, Bytes value) {
  if (auto* to = add(attribute, value.size())) std::copy(value.begin(), value.end(), to);
}

void Writer::number(Attribute attribute, std::uint32_t value) {
  if (auto* to = add(attribute, 4)) store32(to, value);
}

void Writer::address(Attribute attribute, const TransportAddress& address) {
  const auto bytes = address_attribute_bytes(address.ip.family()) - attribute_header_bytes;
  if (auto* to = add(attribute, bytes)) {
    write_address_attribute(to - attribute_header_bytes, attribute, address, transaction_);
  }
}

void Writer::error(ErrorCode code, std::string_view reason) {
  const auto number = static_cast<std::uint32_t>(code);
  if (auto* to = add(Attribute::ErrorCode, 4 + reason.size())) {
    store32(to, number / 100 << 8 | number % 100);
    std::copy(reason.begin(), reason.end(), to + 4);
  }
}

// RFC 8489 section 14.5: the header's length counts the attribute that is computed, but none after.
void Writer::store_length(std::size_t whole) {
  store16(buffer_.data() + 2, static_cast<std::uint16_t>(whole - header_bytes));
}

void Writer::integrity(Cryptography& cryptography, Bytes key) {
  const std::size_t before = size_;
  if (auto* to = add(Attribute::MessageIntegrity, Sha1Digest().size())) {
    store_length(size_);
    const Bytes part = buffer_.first(before);
    const auto digest = cryptography.hmac_sha1(key, {&part, 1});
    std::copy(digest.begin(), digest.end(), to);
  }
}

void Writer::integrity_sha256(Cryptography& cryptography, Bytes key) {
  const std::size_t before = size_;
  if (auto* to = add(Attribute::MessageIntegritySha256, Sha256Digest().size())) {
    store_length(size_);
    const Bytes part = buffer_.first(before);
    const auto digest = cryptography.hmac_sha256(key, {&part, 1});
    std::copy(digest.begin(), digest.end(), to);
  }
}

void Writer::fingerprint() {
  const std::size_t before = size_;
  if (auto* to = add(Attribute::Fingerprint, 4)) {
    store_length(size_);
    store32(to, fingerprint_of(buffer_.first(before)));
  }
}

Bytes Writer::finish() {
  if (size_ > buffer_.size()) return {};
  store_length(size_);
  return buffer_.first(size_);
}

}  // namespace parley::stun
