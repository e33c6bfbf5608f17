// The bytes are cut into steps: one byte that says what and whose (kind << 4 | number), one for the
// length, and so many bytes of content.
//
//     0  a packet of a client as it is
//     1  a method (one byte) and attributes, made a request with valid credentials
//     2  a packet of a client over TCP
//     3  a datagram of a peer to a relay
//     4  time passes, ten seconds for each unit of the first byte
#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "core/net/turn/machine.h"
#include "tests/fuzz/bodies.h"
#include "tests/fuzz/check.h"

namespace parley::fuzz {
namespace {

// Digests without secrecy: the core links no cryptography, and a fuzzer needs none.
class Checksums final : public stun::Cryptography {
 public:
  stun::Md5Digest md5(stun::Parts parts) override { return mix<stun::Md5Digest>({}, parts); }
  stun::Sha256Digest sha256(stun::Parts parts) override {
    return mix<stun::Sha256Digest>({}, parts);
  }
  stun::Sha1Digest hmac_sha1(Bytes key, stun::Parts parts) override {
    return mix<stun::Sha1Digest>(key, parts);
  }
  stun::Sha256Digest hmac_sha256(Bytes key, stun::Parts parts) override {
    return mix<stun::Sha256Digest>(key, parts);
  }

 private:
  template <class Digest>
  static Digest mix(Bytes key, stun::Parts parts) {
    std::uint64_t hash = 0xcbf29ce484222325;
    const auto take = [&](Bytes bytes) {
      for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001b3;
    };
    take(key);
    for (const Bytes part : parts) take(part);
    Digest digest{};
    for (auto& byte : digest) {
      hash = (hash ^ 0x55) * 0x100000001b3;
      byte = static_cast<std::uint8_t>(hash >> 32);
    }
    return digest;
  }
};

class Sockets final : public turn::RelaySockets {
 public:
  bool open(turn::RelayId id, const TransportAddress& local) override {
    check(open_.emplace(id, local).second, "a relay's number is not used twice");
    return true;
  }
  void close(turn::RelayId id) override {
    check(open_.erase(id) == 1, "only open relays are closed");
  }
  const std::map<turn::RelayId, TransportAddress>& all() const { return open_; }

 private:
  std::map<turn::RelayId, TransportAddress> open_;
};

constexpr std::int64_t wall_clock = 1'000;
constexpr std::string_view username = "100000:fuzz";
constexpr std::size_t most_allocations = 3;

class TurnWorld {
 public:
  TurnWorld() { machine_.set_wall_clock(wall_clock, now_); }

  void step(unsigned kind, unsigned who, Bytes content) {
    if (kind == 0) from_client(client(who, turn::Transport::Udp), content);
    if (kind == 1) request(client(who, turn::Transport::Udp), content);
    if (kind == 2) from_client(client(who, turn::Transport::Tcp), content);
    if (kind == 3) from_peer(who, content);
    if (kind == 4 && !content.empty()) {
      now_ = now_ + Duration::seconds(10) * content.front();
      machine_.tick(now_);
    }
    check(machine_.allocation_count() <= most_allocations, "the quota holds");
    // Two families, and a reserved port each.
    check(sockets_.all().size() <= 64, "relays are bounded");
    const auto timeout = machine_.next_timeout();
    check(timeout.has_value() == !sockets_.all().empty(), "whatever is open has an end");
  }

 private:
  static turn::Client client(unsigned who, turn::Transport transport) {
    return {transport,
            *TransportAddress::parse("192.0.2.9:3478"),
            {*IpAddress::parse("198.51.100.1"), static_cast<std::uint16_t>(1000 + who % 4)},
            0};
  }

  turn::Packet packet(Bytes content) {
    buffer_.assign(turn::headroom + content.size() + turn::tailroom, 0);
    std::copy(content.begin(), content.end(), buffer_.begin() + turn::headroom);
    return {buffer_.data() + turn::headroom, content.size()};
  }

  void from_client(const turn::Client& from, Bytes content) {
    const auto in = packet(content);
    examine(machine_.from_client(from, in, now_));
  }

  void request(const turn::Client& from, Bytes content) {
    if (content.empty()) return;
    std::array<std::uint8_t, 512> memory{};
    ++transaction_[0];
    stun::Writer writer(memory, stun::Class::Request, static_cast<stun::Method>(content.front()),
                        transaction_);
    // Attributes of the input, as far as they are well-formed.
    for (Bytes rest = content.subspan(1); rest.size() >= 4;) {
      const std::size_t length = load16(rest.data() + 2);
      if (4 + stun::padded(length) > rest.size()) break;
      writer.bytes(static_cast<stun::Attribute>(load16(rest.data())), rest.subspan(4, length));
      rest = rest.subspan(4 + stun::padded(length));
    }
    writer.text(stun::Attribute::Username, username);
    writer.text(stun::Attribute::Realm, turn::realm);
    writer.text(stun::Attribute::Nonce, turn::Nonces(cryptography_, nonce_key).make(from, now_));
    const auto password = turn::password_of(cryptography_, bytes_of(secret), username);
    const stun::LongTermKey key(cryptography_, stun::PasswordAlgorithm::Md5, bytes_of(username),
                                bytes_of(turn::realm), bytes_of(password));
    writer.integrity(cryptography_, key.bytes());
    from_client(from, writer.finish());
  }

  void from_peer(unsigned who, Bytes content) {
    if (sockets_.all().empty()) return;
    const auto relay =
        std::next(sockets_.all().begin(), static_cast<std::ptrdiff_t>(who % sockets_.all().size()));
    const auto peer = *TransportAddress::parse(who % 2 == 0 ? "192.0.2.1:5000" : "[2001:db8::1]:1");
    const auto in = packet(content);
    examine(machine_.from_peer(relay->first, peer, in, now_));
  }

  void examine(const turn::Action& action) {
    std::size_t sum = 0;
    if (const auto* peer = std::get_if<turn::action::ToPeer>(&action)) {
      check(sockets_.all().contains(peer->relay), "packets leave by open relays");
      check(scope_of(peer->peer.ip) == AddressScope::Global, "no peer is inside");
      for (const auto byte : peer->bytes) sum += byte;
    }
    if (const auto* to = std::get_if<turn::action::ToClient>(&action)) {
      check(!to->bytes.empty(), "an answer is something");
      for (const auto byte : to->bytes) sum += byte;
    }
    sum_ += sum;  // so that every byte is read under AddressSanitizer
  }

  static turn::MachineOptions options() {
    turn::MachineOptions options;
    options.relay_addresses = {
        {*IpAddress::parse("203.0.113.5"), *IpAddress::parse("10.0.0.5")},
        {*IpAddress::parse("2001:db8::5"), *IpAddress::parse("2001:db8::5")}};
    options.ports = {50000, 50063};
    options.secret = secret;
    options.nonce_key = nonce_key;
    return options;
  }

  static inline const std::string secret = "north";
  static inline const std::string nonce_key = std::string(32, 'n');

  Checksums cryptography_;
  Sockets sockets_;
  turn::CountedQuota quota_{most_allocations, most_allocations};
  turn::Machine machine_{{sockets_, cryptography_, quota_}, options()};
  Timestamp now_;
  stun::TransactionId transaction_{};
  std::vector<std::uint8_t> buffer_;
  std::size_t sum_ = 0;
};

}  // namespace

void turn(std::string_view text) {
  TurnWorld world;
  for (Bytes rest = bytes_of(text); rest.size() >= 2;) {
    const std::size_t length = std::min<std::size_t>(rest[1], rest.size() - 2);
    world.step(rest[0] >> 4, rest[0] & 15, rest.subspan(2, length));
    rest = rest.subspan(2 + length);
  }
}

}  // namespace parley::fuzz
