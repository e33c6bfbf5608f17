#include "core/net/stun/integrity.h"

#include <algorithm>

namespace parley::stun {
namespace {

template <class Digest>
bool is_right(const Message& message, Attribute attribute,
              Digest (Cryptography::*hmac)(Bytes, Parts), Cryptography& cryptography, Bytes key) {
  const auto offset = message.offset_of(attribute);
  if (!offset) return false;
  const Bytes bytes = message.bytes();
  const std::uint8_t* const at = bytes.data() + *offset;
  // A shorter MESSAGE-INTEGRITY-SHA256 is for usages that allow it (section 14.6); TURN does not.
  if (load16(at + 2) != Digest().size()) return false;
  // The length in the header counts up to this attribute and none that follow.
  std::array<std::uint8_t, header_bytes> header;
  std::copy_n(bytes.data(), header_bytes, header.begin());
  store16(header.data() + 2, static_cast<std::uint16_t>(*offset + attribute_header_bytes +
                                                        Digest().size() - header_bytes));
  const std::array<Bytes, 2> parts{header, bytes.subspan(header_bytes, *offset - header_bytes)};
  const Digest digest = (cryptography.*hmac)(key, parts);
  return equal_in_constant_time(digest, {at + attribute_header_bytes, digest.size()});
}

}  // namespace

LongTermKey::LongTermKey(Cryptography& cryptography, PasswordAlgorithm algorithm, Bytes username,
                         Bytes realm, Bytes password) {
  const Bytes colon = bytes_of(":");
  const std::array<Bytes, 5> parts{username, colon, realm, colon, password};
  const auto keep = [this](const auto& digest) {
    std::copy(digest.begin(), digest.end(), bytes_.begin());
    size_ = static_cast<std::uint8_t>(digest.size());
  };
  if (algorithm == PasswordAlgorithm::Sha256) {
    keep(cryptography.sha256(parts));
  } else {
    keep(cryptography.md5(parts));
  }
}

Integrity integrity_of(const Message& message) {
  if (message.offset_of(Attribute::MessageIntegritySha256)) return Integrity::Sha256;
  return message.offset_of(Attribute::MessageIntegrity) ? Integrity::Sha1 : Integrity::None;
}

bool has_integrity(const Message& message, Cryptography& cryptography, Bytes key) {
  if (integrity_of(message) == Integrity::Sha256) {
    return is_right(message, Attribute::MessageIntegritySha256, &Cryptography::hmac_sha256,
                    cryptography, key);
  }
  return is_right(message, Attribute::MessageIntegrity, &Cryptography::hmac_sha1, cryptography,
                  key);
}

}  // namespace parley::stun
