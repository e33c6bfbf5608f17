#include "tests/netlab/forwarder/tun_device.h"

#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

namespace parley::netlab {
namespace {

constexpr std::size_t longest_packet = 65'535;  // RFC 791 section 3.1, Total Length

int checked(int result, const std::string& what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

class File {
 public:
  explicit File(const std::string& path)
      : descriptor_(checked(open(path.c_str(), O_RDONLY | O_CLOEXEC), path)) {}
  ~File() { close(descriptor_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

// The calling thread is in another network namespace for as long as this lives.
class Visit {
 public:
  explicit Visit(const std::string& netns) : home_("/proc/thread-self/ns/net") {
    const File there("/run/netns/" + netns);
    checked(setns(there.descriptor(), CLONE_NEWNET), netns);
  }
  ~Visit() { setns(home_.descriptor(), CLONE_NEWNET); }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;

 private:
  File home_;
};

}  // namespace

TunDevice::TunDevice(const std::string& netns, const std::string& name) {
  // A TUN device belongs to the namespace that its file was opened in.
  const Visit visit(netns);
  descriptor_ =
      checked(open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC), "opening /dev/net/tun");
  ifreq request{};
  std::snprintf(request.ifr_name, sizeof request.ifr_name, "%s", name.c_str());
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  if (ioctl(descriptor_, TUNSETIFF, &request) < 0) {
    const int error = errno;
    close();
    throw std::system_error(error, std::generic_category(), "making " + name + " in " + netns);
  }
}

TunDevice::TunDevice(TunDevice&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

TunDevice::~TunDevice() { close(); }

void TunDevice::close() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

std::optional<Packet> TunDevice::read() {
  if (descriptor_ < 0) return std::nullopt;
  std::uint8_t buffer[longest_packet];
  const auto length = ::read(descriptor_, buffer, sizeof buffer);
  if (length < 0) {
    if (errno != EAGAIN && errno != EINTR && errno != EIO) close();
    return std::nullopt;
  }
  return Packet(buffer, buffer + length);
}

void TunDevice::write(const Packet& packet) {
  if (descriptor_ < 0) return;
  [[maybe_unused]] const auto written = ::write(descriptor_, packet.data(), packet.size());
}

}  // namespace parley::netlab
