// A TUN device in some network namespace: what its hosts send is read here, what is written here
// they receive. It goes when the object goes.
//
// Thread-safety: none; making one switches the calling thread's namespace for a moment.
#pragma once

#include <optional>
#include <string>

#include "tests/netlab/forwarder/packet.h"

namespace parley::netlab {

class TunDevice {
 public:
  // Makes the device `name` in the namespace `netns` (as `ip netns` names it); it still has to be
  // given an address and brought up. Throws std::system_error.
  TunDevice(const std::string& netns, const std::string& name);
  ~TunDevice();
  TunDevice(TunDevice&& other) noexcept;
  TunDevice(const TunDevice&) = delete;
  TunDevice& operator=(const TunDevice&) = delete;
  TunDevice& operator=(TunDevice&&) = delete;

  // For poll(); -1 once the device is gone together with its namespace.
  int descriptor() const { return descriptor_; }

  // The next packet that was sent; nothing when there is none at the moment.
  std::optional<Packet> read();
  // Dropped where the device is down or cannot take it, as a network does.
  void write(const Packet& packet);

 private:
  void close();

  int descriptor_ = -1;
};

}  // namespace parley::netlab
