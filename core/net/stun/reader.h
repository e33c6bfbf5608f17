// A STUN message where it lies, without copying anything. What is read has the bounds of the
// message and of each attribute checked once, by Message::parse(); views live as long as the bytes.
//
// Thread-safety: const; any thread.
#pragma once

#include <cstdint>
#include <iterator>
#include <optional>

#include "core/net/address.h"
#include "core/net/bytes.h"
#include "core/net/stun/types.h"

namespace parley::stun {

struct AttributeView {
  std::uint16_t type = 0;
  Bytes value;  // without padding

  bool is(Attribute attribute) const { return type == static_cast<std::uint16_t>(attribute); }
};

class Message {
 public:
  // A whole datagram or frame. Nothing where it is not exactly one well-formed message (RFC 8489
  // section 6.3): cookie, lengths of the message and of each attribute.
  static std::optional<Message> parse(Bytes bytes);

  // Every attribute in its order.
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = AttributeView;
    using difference_type = std::ptrdiff_t;
    using pointer = const AttributeView*;
    using reference = AttributeView;

    Iterator() = default;
    explicit Iterator(const std::uint8_t* at) : at_(at) {}

    AttributeView operator*() const { return {load16(at_), {at_ + 4, load16(at_ + 2)}}; }
    Iterator& operator++() {
      at_ += attribute_header_bytes + padded(load16(at_ + 2));
      return *this;
    }
    Iterator operator++(int) {
      auto before = *this;
      ++*this;
      return before;
    }
    bool operator==(const Iterator&) const = default;
    const std::uint8_t* position() const { return at_; }

   private:
    const std::uint8_t* at_ = nullptr;
  };

  Iterator begin() const { return Iterator(bytes_.data() + header_bytes); }
  Iterator end() const { return Iterator(bytes_.data() + bytes_.size()); }

  Class message_class() const { return class_of(load16(bytes_.data())); }
  Method method() const { return method_of(load16(bytes_.data())); }
  TransactionId transaction() const;
  Bytes bytes() const { return bytes_; }

  // The first of its kind before the integrity attributes: what comes after them is not protected
  // and is not there (RFC 8489 section 14.5); where an attribute comes twice, the first counts
  // (section 14).
  std::optional<Bytes> find(Attribute attribute) const;

  // The same for an XOR-…-ADDRESS. Nothing where it is missing or malformed.
  std::optional<TransportAddress> find_address(Attribute attribute) const;

  // The same for 32 bits.
  std::optional<std::uint32_t> find_number(Attribute attribute) const;

  // Where an attribute begins, counted from the message's beginning; for what is computed over the
  // bytes before it. The first of its kind.
  std::optional<std::size_t> offset_of(Attribute attribute) const;

  // Decodes the value of an XOR-…-ADDRESS of this message (RFC 8489 section 14.2).
  std::optional<TransportAddress> decode_address(Bytes value) const;

 private:
  explicit Message(Bytes bytes) : bytes_(bytes) {}

  Bytes bytes_;
};

}  // namespace parley::stun
