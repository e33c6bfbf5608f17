// Who may ask what, and what it is answered.
#include "tests/core/net/turn/turn_world.h"

namespace parley::testing {
namespace {

using turn::Drop;

class Requests : public TurnTest {};

TEST_F(Requests, BindingTellsTheClientItsAddress) {
  const Answer answer = answer_to(client(), bare(Ask{stun::Method::Binding, {}, {}}));
  EXPECT_TRUE(answer.is_success());
  EXPECT_EQ(answer.address(Attribute::XorMappedAddress), client().remote);
  EXPECT_EQ(answer.bytes.size(), 32u);
}

TEST_F(Requests, BindingRefusesWhatItMustUnderstandAndDoesNot) {
  const Answer answer =
      answer_to(client(), bare(Ask{stun::Method::Binding, {}, {}}
                                   .with(static_cast<Attribute>(0x24), {1, 2, 3, 4})
                                   .with(static_cast<Attribute>(0x8029), {1, 2, 3, 4})
                                   .with(static_cast<Attribute>(0x25), {})));
  EXPECT_EQ(answer.error(), 420u);
  const auto unknown = *answer.message->find(Attribute::UnknownAttributes);
  EXPECT_EQ(std::vector(unknown.begin(), unknown.end()),
            (std::vector<std::uint8_t>{0, 0x24, 0, 0x25}));
}

TEST_F(Requests, AWrongFingerprintIsNotAnswered) {
  std::array<std::uint8_t, 64> memory{};
  stun::Writer writer(memory, stun::Class::Request, stun::Method::Binding, {});
  writer.fingerprint();
  const Bytes bytes = writer.finish();
  const Answer answer = answer_to(client(), bytes);
  EXPECT_TRUE(answer.message->offset_of(Attribute::Fingerprint));
  memory[25] ^= 1;
  EXPECT_EQ(feed(client(), bytes).index(), 0u);
}

TEST_F(Requests, StrangersAreChallenged) {
  for (const auto method : {stun::Method::Allocate, stun::Method::Refresh,
                            stun::Method::CreatePermission, stun::Method::ChannelBind}) {
    const Answer answer = answer_to(client(), bare(Ask{method, {}, {}}));
    EXPECT_EQ(answer.error(), 401u);
    EXPECT_EQ(text_of(*answer.message->find(Attribute::Realm)), turn::realm);
    EXPECT_TRUE(text_of(*answer.message->find(Attribute::Nonce)).starts_with("obMatJos2gAAA"));
    EXPECT_TRUE(answer.message->find(Attribute::PasswordAlgorithms));
    EXPECT_FALSE(answer.message->find(Attribute::MessageIntegrity));
  }
  EXPECT_EQ(machine_->allocation_count(), 0u);
}

TEST_F(Requests, AnswersToStrangersAreBounded) {
  std::vector<Ask> asks;
  for (const auto method :
       {stun::Method::Binding, stun::Method::Allocate, stun::Method::Refresh,
        stun::Method::CreatePermission, stun::Method::ChannelBind, static_cast<stun::Method>(5)}) {
    Ask ask{method, {}, {}};
    asks.push_back(ask);
    for (int more = 0; more < 40; ++more) {
      ask.attributes.emplace_back(static_cast<Attribute>(0x100 + more),
                                  std::vector<std::uint8_t>());
      asks.push_back(ask);
    }
  }
  for (const auto& each : asks) {
    const auto request = bare(each);
    const auto action = feed(client(), request);
    const auto* answer = std::get_if<turn::action::ToClient>(&action);
    if (answer == nullptr) continue;
    EXPECT_LE(answer->bytes.size(), std::max<std::size_t>(3 * request.size(), 88));
  }
}

TEST_F(Requests, BothAlgorithmsOpenTheDoor) {
  EXPECT_TRUE(ask(client(1), allocation(), username(), stun::PasswordAlgorithm::Md5).is_success());
  const Answer answer = ask(client(2), allocation(), username(), stun::PasswordAlgorithm::Sha256);
  EXPECT_TRUE(answer.is_success());
  EXPECT_EQ(integrity_of(*answer.message), stun::Integrity::Sha256);
}

TEST_F(Requests, AlgorithmsThatWereTamperedWithAreRefused) {
  nonce_for(client());
  algorithms_ = {0, 1, 0, 0};  // somebody took the better one away
  const auto nonce = nonce_for(client());
  algorithms_ = {0, 1, 0, 0};
  const auto request =
      signed_request(allocation(), username(), nonce, "north", stun::PasswordAlgorithm::Sha256);
  EXPECT_EQ(answer_to(client(), request).error(), 400u);
}

TEST_F(Requests, WrongOrExpiredCredentialsAreChallengedAgain) {
  const auto md5 = stun::PasswordAlgorithm::Md5;
  const auto nonce = nonce_for(client());
  const auto error = [&](std::string_view name, std::string_view secret) {
    return answer_to(client(), signed_request(allocation(), name, nonce, secret, md5)).error();
  };
  EXPECT_EQ(error(username(), "south"), 401u);
  EXPECT_EQ(error(std::to_string(start_of_time - 1) + ":ana", "north"), 401u);
  EXPECT_EQ(error("ana", "north"), 401u);
  EXPECT_EQ(error(":ana", "north"), 401u);
  EXPECT_EQ(error("-1:ana", "north"), 401u);
  EXPECT_EQ(error("99999999999999999999:ana", "north"), 401u);
  EXPECT_EQ(error(std::to_string(start_of_time + 9) + "x", "north"), 401u);
  EXPECT_EQ(error(std::to_string(start_of_time + 9) + ":" + std::string(200, 'a'), "north"), 401u);
  EXPECT_EQ(error(std::to_string(start_of_time + 9), "north"), 0u);
}

TEST_F(Requests, SignedWithoutNameRealmOrNonceIsABadRequest) {
  std::array<std::uint8_t, 128> memory{};
  stun::Writer writer(memory, stun::Class::Request, stun::Method::Allocate, {});
  writer.text(Attribute::Username, username());
  writer.integrity(cryptography_, bytes_of("key"));
  EXPECT_EQ(answer_to(client(), writer.finish()).error(), 400u);
}

TEST_F(Requests, NoncesAreForOneClientAndForAnHour) {
  const auto md5 = stun::PasswordAlgorithm::Md5;
  const auto error = [&](const turn::Client& from, std::string_view nonce) {
    return answer_to(from, signed_request(allocation(), username(), nonce, "north", md5)).error();
  };
  const auto nonce = nonce_for(client());
  EXPECT_EQ(error(client(1), nonce), 438u);
  EXPECT_EQ(error(client(), "obMatJos2gAAAAAAAAAAAAAAAAAAAA"), 438u);
  for (const std::size_t place : {13u, 18u, 20u, 28u}) {
    auto forged = nonce;
    forged[place] = forged[place] == 'A' ? 'B' : 'A';
    EXPECT_EQ(error(client(), forged), 438u) << place;
  }
  pass(turn::Nonces::lifetime - Duration::seconds(2));
  EXPECT_EQ(error(client(), nonce), 0u);
  pass(Duration::seconds(3));
  const Answer stale =
      answer_to(client(), signed_request(refresh(2, 88), username(), nonce, "north", md5));
  EXPECT_EQ(stale.error(), 438u);
  EXPECT_TRUE(stale.message->find(Attribute::Nonce));
}

TEST_F(Requests, AnAllocationOutlivesItsCredentialsButNotForEver) {
  ask(client(), allocation().with(Attribute::Lifetime, {0, 0, 0x0e, 0x10}));
  for (int count = 0; count < 47; ++count) {
    pass(Duration::seconds(1800));
    ASSERT_TRUE(ask(client(), refresh(0x0e, 0x10)).is_success()) << count;  // 3600 s
  }
  EXPECT_EQ(machine_->allocation_count(), 1u);
  pass(Duration::seconds(1799));
  EXPECT_EQ(ask(client(), refresh(0x0e, 0x10)).lifetime(), 1u);
  pass(Duration::seconds(2));
  EXPECT_EQ(machine_->allocation_count(), 0u);
  EXPECT_TRUE(sockets_.sockets.empty());
}

TEST_F(Requests, NobodyUsesTheAllocationOfAnother) {
  allocate(client());
  for (const auto& each :
       {refresh(0, 0), permission("192.0.2.1:9"), channel(0x4000, "192.0.2.1:9")}) {
    EXPECT_EQ(ask(client(), each, username("bo")).error(), 441u);
  }
  EXPECT_EQ(ask(client(), allocation(), username("bo")).error(), 437u);
  EXPECT_EQ(machine_->allocation_count(), 1u);
}

TEST_F(Requests, RenewedCredentialsOfTheSameUserAreAnother) {
  allocate(client());
  const auto renewed = std::to_string(start_of_time + 7200) + ":ana";
  EXPECT_EQ(ask(client(), refresh(0, 0), renewed).error(), 441u);
}

TEST_F(Requests, WhatIsOutOfPlaceIsDropped) {
  // A response, a Data indication, a method nobody knows, garbage.
  for (const auto message_class :
       {stun::Class::Success, stun::Class::Error, stun::Class::Indication}) {
    std::array<std::uint8_t, 64> memory{};
    stun::Writer writer(memory, message_class, stun::Method::Data, {});
    EXPECT_EQ(feed(client(), writer.finish()).index(), 0u);
  }
  EXPECT_EQ(feed(client(), bare(Ask{static_cast<stun::Method>(0x0aa), {}, {}})).index(), 0u);
  EXPECT_EQ(feed(client(), bytes_of("hello")).index(), 0u);
  EXPECT_EQ(feed(client(), {}).index(), 0u);
  EXPECT_EQ(drops(Drop::Malformed), 3u);
}

TEST_F(Requests, WithoutRelayAddressesOnlyBindingIsAnswered) {
  make([](turn::MachineOptions& options) { options.relay_addresses.clear(); });
  EXPECT_TRUE(answer_to(client(), bare(Ask{stun::Method::Binding, {}, {}})).is_success());
  EXPECT_EQ(feed(client(), bare(allocation())).index(), 0u);
}

}  // namespace
}  // namespace parley::testing
