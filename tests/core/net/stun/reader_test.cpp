#include "core/net/stun/reader.h"

#include <gtest/gtest.h>

#include "core/net/stun/writer.h"
#include "tests/core/net/stun/hex.h"

namespace parley::stun {
namespace {

using parley::testing::from_hex;

constexpr std::string_view cookie_and_id = "2112a442 0102030405060708090a0b0c";

std::vector<std::uint8_t> message_of(std::string_view type, std::string_view length,
                                     std::string_view attributes) {
  return from_hex(std::string(type) + std::string(length) + std::string(cookie_and_id) +
                  std::string(attributes));
}

TEST(Reader, ClassAndMethodAreTakenApart) {
  for (const auto message_class :
       {Class::Request, Class::Indication, Class::Success, Class::Error}) {
    for (unsigned method = 0; method < 0x1000; ++method) {
      const auto type = type_of(message_class, static_cast<Method>(method));
      EXPECT_LT(type, 0x4000);
      EXPECT_EQ(class_of(type), message_class);
      EXPECT_EQ(method_of(type), static_cast<Method>(method));
    }
  }
  EXPECT_EQ(type_of(Class::Error, Method::Allocate), 0x0113);
  EXPECT_EQ(type_of(Class::Indication, Method::Send), 0x0016);
}

TEST(Reader, AttributesComeInTheirOrderWithoutPadding) {
  const auto bytes = message_of("0001", "0010", "0006 0001 61 000000 8022 0002 6162 ffff");
  const auto message = Message::parse(bytes);
  ASSERT_TRUE(message);
  std::vector<std::string> values;
  for (const auto each : *message) values.emplace_back(text_of(each.value));
  EXPECT_EQ(values, (std::vector<std::string>{"a", "ab"}));
  EXPECT_EQ(message->transaction(), (TransactionId{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
}

TEST(Reader, RefusesWhatIsNotExactlyOneMessage) {
  EXPECT_TRUE(Message::parse(message_of("0001", "0000", "")));
  EXPECT_FALSE(Message::parse({}));
  EXPECT_FALSE(Message::parse(from_hex("0001 0000 2112a442 0102030405060708090a0b")));
  EXPECT_FALSE(Message::parse(from_hex("0001 0000 2112a443 0102030405060708090a0b0c")));
  EXPECT_FALSE(Message::parse(message_of("4001", "0000", "")));
  EXPECT_FALSE(Message::parse(message_of("0001", "0004", "")));
  EXPECT_FALSE(Message::parse(message_of("0001", "0000", "00060000")));
  EXPECT_FALSE(Message::parse(message_of("0001", "0002", "0006")));
  EXPECT_FALSE(Message::parse(message_of("0001", "0004", "0006 0001")));
  EXPECT_FALSE(Message::parse(message_of("0001", "0008", "0006 0005 61616161")));
  EXPECT_FALSE(Message::parse(message_of("0001", "0008", "0006 ffff 61616161")));
}

TEST(Reader, EveryCutOffMessageIsRefused) {
  const auto whole = message_of("0001", "0010", "0006 0001 61 000000 8022 0002 6162 0000");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    // In memory of exactly that size, so that a read beyond it shows under AddressSanitizer.
    const std::vector<std::uint8_t> part(whole.begin(),
                                         whole.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_FALSE(Message::parse(part)) << size;
  }
}

TEST(Reader, TheFirstOfItsKindCountsAndNothingBehindTheIntegrity) {
  const auto bytes = message_of("0001", "0038",
                                "0006 0001 61 000000 0006 0001 62 000000"
                                "0008 0014 0000000000000000000000000000000000000000"
                                "0014 0001 63 000000 0015 0000 0006 0000");
  const auto message = Message::parse(bytes);
  ASSERT_TRUE(message);
  EXPECT_EQ(text_of(*message->find(Attribute::Username)), "a");
  EXPECT_TRUE(message->find(Attribute::MessageIntegrity));
  EXPECT_FALSE(message->find(Attribute::Realm));
}

TEST(Reader, AddressesOfAnotherLengthOrFamilyAreNone) {
  const auto bytes = message_of("0001", "0000", "");
  const auto message = Message::parse(bytes);
  ASSERT_TRUE(message);
  for (const auto* text : {"", "0001", "0001a147", "0001a147e112a6", "0001a147e112a64300",
                           "0002a147e112a643", "0003a147e112a643", "0001a147e112a643e112a643"}) {
    EXPECT_FALSE(message->decode_address(from_hex(text))) << text;
  }
  EXPECT_EQ(to_string(*message->decode_address(from_hex("0001a147e112a643"))), "192.0.2.1:32853");
}

TEST(Writer, SaysThatAMessageDidNotFit) {
  std::array<std::uint8_t, 64> memory{};
  for (std::size_t size = 0; size < memory.size(); ++size) {
    Writer writer(MutableBytes(memory).first(size), Class::Success, Method::Binding, {});
    writer.text(Attribute::Software, "abcde");
    writer.number(Attribute::Lifetime, 1);
    writer.fingerprint();
    const bool fits = size >= 20 + 12 + 8 + 8;
    EXPECT_EQ(writer.finish().empty(), !fits) << size;
    for (std::size_t at = size; at < memory.size(); ++at) EXPECT_EQ(memory[at], 0) << at;
  }
}

TEST(Writer, ErrorsHoldClassAndNumber) {
  std::array<std::uint8_t, 64> memory{};
  Writer writer(memory, Class::Error, Method::Allocate, {});
  writer.error(ErrorCode::AllocationQuotaReached, "full");
  const auto message = Message::parse(writer.finish());
  ASSERT_TRUE(message);
  const auto value = message->find(Attribute::ErrorCode);
  ASSERT_TRUE(value);
  EXPECT_EQ(load32(value->data()), 0x00000456u);
  EXPECT_EQ(text_of(value->subspan(4)), "full");
}

}  // namespace
}  // namespace parley::stun
