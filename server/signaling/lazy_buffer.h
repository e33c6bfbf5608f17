// A sequence of one buffer (Asio's MutableBufferSequence) that does not exist before it is looked
// at. Beast's WebSocket stream looks when it has read the header of a frame with something in it:
// so an idle connection holds no buffer, and a message gets one of its own size and is read in one
// operation.
#pragma once

#include <boost/asio/buffer.hpp>
#include <cstddef>
#include <iterator>

namespace parley {

// `Owner::memory()` makes the buffer. While one operation lasts it must yield the same one.
template <class Owner>
class LazyBuffer {
 public:
  using value_type = boost::asio::mutable_buffer;

  class const_iterator {
   public:
    using iterator_category = std::bidirectional_iterator_tag;
    using value_type = boost::asio::mutable_buffer;
    using difference_type = std::ptrdiff_t;
    using pointer = const value_type*;
    using reference = value_type;

    const_iterator() = default;
    const_iterator(Owner* owner, int position) : owner_(owner), position_(position) {}

    reference operator*() const { return owner_->memory(); }
    const_iterator& operator++() { return ++position_, *this; }
    const_iterator& operator--() { return --position_, *this; }
    const_iterator operator++(int) { return {owner_, position_++}; }
    const_iterator operator--(int) { return {owner_, position_--}; }
    bool operator==(const const_iterator&) const = default;

   private:
    Owner* owner_ = nullptr;
    int position_ = 0;
  };

  // `owner` must outlive the operation.
  explicit LazyBuffer(Owner& owner) : owner_(&owner) {}

  const_iterator begin() const { return {owner_, 0}; }
  const_iterator end() const { return {owner_, 1}; }

 private:
  Owner* owner_;
};

}  // namespace parley
