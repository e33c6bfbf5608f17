// A TURN machine with a clock to turn and clients that speak to it, for tests in virtual time.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/net/turn/machine.h"
#include "server/net/openssl_cryptography.h"

namespace parley::testing {

using stun::Attribute;
using stun::ErrorCode;

inline TransportAddress at(std::string_view text) { return *TransportAddress::parse(text); }

// The host's sockets: which are open, and ports that another program holds.
class SocketsOfTest final : public turn::RelaySockets {
 public:
  bool open(turn::RelayId id, const TransportAddress& local) override {
    ++attempts;
    if (taken.contains(local.port)) return false;
    EXPECT_TRUE(sockets.emplace(id, local).second);
    return true;
  }
  void close(turn::RelayId id) override { EXPECT_EQ(sockets.erase(id), 1u); }

  std::map<turn::RelayId, TransportAddress> sockets;
  std::set<std::uint16_t> taken;
  int attempts = 0;
};

// What a client of a test puts into a request beyond what every request has.
struct Ask {
  stun::Method method;
  std::vector<std::pair<Attribute, std::vector<std::uint8_t>>> attributes;
  std::vector<TransportAddress> peers;

  Ask&& with(Attribute attribute, std::vector<std::uint8_t> value) && {
    attributes.emplace_back(attribute, std::move(value));
    return std::move(*this);
  }
  Ask&& with_peer(std::string_view peer) && {
    peers.push_back(at(peer));
    return std::move(*this);
  }
};

inline Ask allocation() {
  return Ask{stun::Method::Allocate, {{Attribute::RequestedTransport, {17, 0, 0, 0}}}, {}};
}
inline Ask refresh(std::uint8_t seconds_high, std::uint8_t seconds_low) {
  return Ask{stun::Method::Refresh, {{Attribute::Lifetime, {0, 0, seconds_high, seconds_low}}}, {}};
}
inline Ask permission(std::string_view peer) {
  return Ask{stun::Method::CreatePermission, {}, {at(peer)}};
}
inline Ask channel(std::uint16_t number, std::string_view peer) {
  return Ask{stun::Method::ChannelBind,
             {{Attribute::ChannelNumber,
               {static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number), 0, 0}}},
             {at(peer)}};
}

// An answer, with its own copy of the bytes.
struct Answer {
  std::vector<std::uint8_t> bytes;
  std::optional<stun::Message> message;

  explicit Answer(Bytes from) : bytes(from.begin(), from.end()) {
    message = stun::Message::parse(bytes);
  }
  bool is_success() const { return message && message->message_class() == stun::Class::Success; }
  // 0: it is no error.
  unsigned error() const {
    const auto value = message ? message->find(Attribute::ErrorCode) : std::nullopt;
    return value ? (*value)[2] * 100U + (*value)[3] : 0;
  }
  TransportAddress address(Attribute attribute) const {
    return message->find_address(attribute).value_or(TransportAddress());
  }
  std::uint32_t lifetime() const { return message->find_number(Attribute::Lifetime).value_or(0); }
};

class TurnTest : public ::testing::Test {
 protected:
  static constexpr std::int64_t start_of_time = 1'700'000'000;  // seconds since 1970

  TurnTest() { make({}); }

  static turn::MachineOptions plain_options() {
    turn::MachineOptions options;
    options.relay_addresses = {
        {*IpAddress::parse("203.0.113.5"), *IpAddress::parse("10.0.0.5")},
        {*IpAddress::parse("2001:db8::5"), *IpAddress::parse("2001:db8::5")}};
    options.secret = "north";
    options.nonce_key = std::string(32, 'n');
    options.seed = 7;
    return options;
  }

  void make(const std::function<void(turn::MachineOptions&)>& change) {
    auto options = plain_options();
    if (change) change(options);
    sockets_ = {};
    quota_.emplace(quota_per_user_, 1000);
    machine_.emplace(turn::Machine::Host{sockets_, cryptography_, *quota_}, options);
    machine_->set_wall_clock(start_of_time, now_);
  }

  static turn::Client client(std::uint16_t port = 40000) {
    return {
        turn::Transport::Udp, at("10.0.0.5:8080"), {*IpAddress::parse("198.51.100.7"), port}, 0};
  }

  std::string username(std::string_view user = "ana") const {
    return std::to_string(start_of_time + 3600) + ":" + std::string(user);
  }

  // Feeds bytes as a packet with room around it, and keeps the buffer for the action's views.
  turn::Packet packet(Bytes bytes) {
    buffer_.assign(turn::headroom + bytes.size() + turn::tailroom, 0xee);
    std::copy(bytes.begin(), bytes.end(), buffer_.begin() + turn::headroom);
    return {buffer_.data() + turn::headroom, bytes.size()};
  }
  turn::Action feed(const turn::Client& from, Bytes bytes) {
    return machine_->from_client(from, packet(bytes), now_);
  }

  // A request without credentials.
  std::vector<std::uint8_t> bare(const Ask& ask) {
    std::array<std::uint8_t, 512> memory{};
    stun::Writer writer(memory, stun::Class::Request, ask.method, next_transaction());
    add(writer, ask);
    const Bytes bytes = writer.finish();
    return {bytes.begin(), bytes.end()};
  }

  // What a client of today signs with.
  std::vector<std::uint8_t> signed_request(const Ask& ask, std::string_view name,
                                           std::string_view nonce, std::string_view secret,
                                           stun::PasswordAlgorithm algorithm) {
    std::array<std::uint8_t, 512> memory{};
    stun::Writer writer(memory, stun::Class::Request, ask.method, next_transaction());
    add(writer, ask);
    writer.text(Attribute::Username, name);
    writer.text(Attribute::Realm, turn::realm);
    writer.text(Attribute::Nonce, nonce);
    const auto password = turn::password_of(cryptography_, bytes_of(secret), name);
    const stun::LongTermKey key(cryptography_, algorithm, bytes_of(name), bytes_of(turn::realm),
                                bytes_of(password));
    if (algorithm == stun::PasswordAlgorithm::Sha256) {
      writer.bytes(Attribute::PasswordAlgorithms, algorithms_);
      writer.bytes(Attribute::PasswordAlgorithm, std::array<std::uint8_t, 4>{0, 2, 0, 0});
      writer.integrity_sha256(cryptography_, key.bytes());
    } else {
      writer.integrity(cryptography_, key.bytes());
    }
    last_key_ = key;
    const Bytes bytes = writer.finish();
    return {bytes.begin(), bytes.end()};
  }

  // The whole way: asks, is challenged, signs. Checks that the answer is signed, too.
  Answer ask(const turn::Client& from, const Ask& what, std::string_view name,
             stun::PasswordAlgorithm algorithm = stun::PasswordAlgorithm::Md5) {
    last_request_ = signed_request(what, name, nonce_for(from), "north", algorithm);
    return again(from);
  }
  Answer ask(const turn::Client& from, const Ask& what) { return ask(from, what, username()); }

  // The last request, as it was.
  Answer again(const turn::Client& from) {
    Answer answer = answer_to(from, last_request_);
    const auto code = answer.error();
    if (answer.message && code != 401 && code != 438) {
      EXPECT_EQ(has_integrity(*answer.message, cryptography_, last_key_.bytes()),
                code != 400 || integrity_of(*answer.message) != stun::Integrity::None);
    }
    return answer;
  }

  Answer answer_to(const turn::Client& from, Bytes request) {
    const auto action = feed(from, request);
    const auto* answer = std::get_if<turn::action::ToClient>(&action);
    EXPECT_TRUE(answer != nullptr);
    if (answer == nullptr) return Answer({});
    EXPECT_EQ(answer->client, from);
    return Answer(answer->bytes);
  }

  std::string nonce_for(const turn::Client& from) {
    const Answer challenge = answer_to(from, bare(allocation()));
    EXPECT_EQ(challenge.error(), 401u);
    if (!challenge.message) return {};
    const auto algorithms = challenge.message->find(Attribute::PasswordAlgorithms);
    algorithms_.assign(algorithms->begin(), algorithms->end());
    return std::string(text_of(*challenge.message->find(Attribute::Nonce)));
  }

  TransportAddress allocate(const turn::Client& from) {
    const Answer answer = ask(from, allocation());
    EXPECT_TRUE(answer.is_success()) << answer.error();
    return answer.is_success() ? answer.address(Attribute::XorRelayedAddress) : TransportAddress();
  }

  // The relay whose announced port this is.
  turn::RelayId relay_at(const TransportAddress& relayed) const {
    for (const auto& [id, local] : sockets_.sockets) {
      if (local.port == relayed.port) return id;
    }
    ADD_FAILURE() << "no socket at port " << relayed.port;
    return {};
  }

  turn::Action send(const turn::Client& from, std::string_view peer, std::string_view data) {
    std::array<std::uint8_t, 2048> memory{};
    stun::Writer writer(memory, stun::Class::Indication, stun::Method::Send, next_transaction());
    writer.address(Attribute::XorPeerAddress, at(peer));
    writer.text(Attribute::Data, data);
    return feed(from, writer.finish());
  }

  turn::Action send_on(std::uint16_t number, const turn::Client& from, std::string_view data) {
    std::vector<std::uint8_t> bytes(4);
    store16(bytes.data(), number);
    store16(bytes.data() + 2, static_cast<std::uint16_t>(data.size()));
    for (const char letter : data) bytes.push_back(static_cast<std::uint8_t>(letter));
    return feed(from, bytes);
  }

  turn::Action receive(turn::RelayId relay, std::string_view peer, std::string_view data) {
    return machine_->from_peer(relay, at(peer), packet(bytes_of(data)), now_);
  }

  void pass(Duration time) {
    now_ = now_ + time;
    machine_->tick(now_);
  }

  std::uint64_t drops(turn::Drop reason) const {
    return machine_->counters().drops[static_cast<std::size_t>(reason)];
  }

  stun::TransactionId next_transaction() {
    ++last_transaction_[11];
    if (last_transaction_[11] == 0) ++last_transaction_[10];
    return last_transaction_;
  }

  static void add(stun::Writer& writer, const Ask& ask) {
    for (const auto& [attribute, value] : ask.attributes) writer.bytes(attribute, value);
    for (const auto& peer : ask.peers) writer.address(Attribute::XorPeerAddress, peer);
  }

  OpensslCryptography cryptography_;
  SocketsOfTest sockets_;
  std::size_t quota_per_user_ = 10;
  std::optional<turn::CountedQuota> quota_;
  std::optional<turn::Machine> machine_;
  Timestamp now_ = Timestamp::from_microseconds(5'000'000);
  std::vector<std::uint8_t> buffer_;
  std::vector<std::uint8_t> last_request_;
  std::vector<std::uint8_t> algorithms_;
  stun::LongTermKey last_key_;
  stun::TransactionId last_transaction_{};
};

// The payload of what goes to a peer or to a client, framing taken off; nothing where nothing goes.
inline std::optional<std::string> payload_of(const turn::Action& action) {
  if (const auto* peer = std::get_if<turn::action::ToPeer>(&action)) {
    return std::string(text_of(peer->bytes));
  }
  const auto* client = std::get_if<turn::action::ToClient>(&action);
  if (client == nullptr) return std::nullopt;
  if (client->bytes.front() >= 0x40) {
    return std::string(text_of(client->bytes.subspan(4, load16(client->bytes.data() + 2))));
  }
  const auto message = stun::Message::parse(client->bytes);
  const auto data = message ? message->find(Attribute::Data) : std::nullopt;
  return data ? std::optional(std::string(text_of(*data))) : std::nullopt;
}

}  // namespace parley::testing
