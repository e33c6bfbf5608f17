#include "core/net/address.h"

#include <gtest/gtest.h>

#include "core/base/fields.h"
#include "core/net/network.h"

namespace parley {
namespace {

IpAddress ip(std::string_view text) {
  const auto parsed = IpAddress::parse(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(IpAddress());
}

TEST(IpAddress, IsPrintedAsRfc5952Says) {
  for (const auto* text :
       {"192.0.2.1", "0.0.0.0", "255.255.255.255", "::", "::1", "2001:db8::1", "2001:db8::1:0:0:1",
        "2001:db8:1:1:1:1:1:1", "1::", "fe80::1:2:3:4", "2001:0:1:1:1:1:1:1"}) {
    EXPECT_EQ(to_string(ip(text)), text);
  }
  EXPECT_EQ(to_string(ip("2001:DB8:0:0:0:0:0:1")), "2001:db8::1");
  EXPECT_EQ(to_string(ip("2001:db8:0:1:1:1:1:1")), "2001:db8:0:1:1:1:1:1");
  EXPECT_EQ(to_string(ip("::ffff:192.0.2.1")), "192.0.2.1");
  EXPECT_EQ(to_string(ip("64:ff9b::192.0.2.1")), "64:ff9b::c000:201");
}

TEST(IpAddress, IsReadOnlyInItsOneForm) {
  for (const auto* text : {"",
                           "1",
                           "1.2.3",
                           "1.2.3.4.5",
                           "256.1.1.1",
                           "01.2.3.4",
                           "1.2.3.4 ",
                           "+1.2.3.4",
                           ":",
                           ":::",
                           "1:2:3:4:5:6:7",
                           "1:2:3:4:5:6:7:8:9",
                           "1:2:3:4:5:6:7:8::",
                           "::1::",
                           "12345::",
                           "g::",
                           "::1%eth0",
                           "[::1]",
                           "1:",
                           ":1",
                           "::1.2.3.4:1",
                           "1.2.3.4::",
                           "1:2:3:4:5:6:7:1.2.3.4"}) {
    EXPECT_FALSE(IpAddress::parse(text)) << text;
  }
}

TEST(IpAddress, MappedIpv4IsIpv4) {
  EXPECT_EQ(ip("::ffff:10.0.0.1"), ip("10.0.0.1"));
  EXPECT_EQ(ip("::ffff:a00:1").family(), AddressFamily::Ipv4);
  EXPECT_EQ(ip("::10.0.0.1").family(), AddressFamily::Ipv6);
  EXPECT_EQ(ip("::").family(), AddressFamily::Ipv6);
}

TEST(IpAddress, HasTheScopeOfWherePacketsToItEnd) {
  const std::pair<const char*, AddressScope> scopes[] = {
      {"8.8.8.8", AddressScope::Global},
      {"2001:4860:4860::8888", AddressScope::Global},
      {"0.0.0.0", AddressScope::Unspecified},
      {"0.1.2.3", AddressScope::Unspecified},
      {"::", AddressScope::Unspecified},
      {"127.0.0.1", AddressScope::Loopback},
      {"127.255.0.1", AddressScope::Loopback},
      {"::1", AddressScope::Loopback},
      {"10.1.2.3", AddressScope::Private},
      {"172.16.0.1", AddressScope::Private},
      {"172.31.255.255", AddressScope::Private},
      {"172.32.0.1", AddressScope::Global},
      {"192.168.1.1", AddressScope::Private},
      {"100.64.0.1", AddressScope::Private},
      {"100.128.0.1", AddressScope::Global},
      {"198.19.0.1", AddressScope::Private},
      {"fd12::1", AddressScope::Private},
      {"fc00::1", AddressScope::Private},
      {"fec0::1", AddressScope::Private},
      {"169.254.169.254", AddressScope::LinkLocal},
      {"fe80::1", AddressScope::LinkLocal},
      {"febf::1", AddressScope::LinkLocal},
      {"224.0.0.1", AddressScope::Multicast},
      {"239.1.2.3", AddressScope::Multicast},
      {"ff02::1", AddressScope::Multicast},
      {"255.255.255.255", AddressScope::Reserved},
      {"240.0.0.1", AddressScope::Reserved},
      {"100::1", AddressScope::Reserved},
      // The same in disguise.
      {"::ffff:127.0.0.1", AddressScope::Loopback},
      {"::ffff:169.254.169.254", AddressScope::LinkLocal},
      {"::127.0.0.1", AddressScope::Loopback},
      {"::ffff:0:10.0.0.1", AddressScope::Private},
      {"2002:7f00:1::1", AddressScope::Loopback},
      {"2002:a9fe:a9fe::", AddressScope::LinkLocal},
      {"2002:808:808::", AddressScope::Global},
      {"64:ff9b::192.168.0.1", AddressScope::Private},
      {"64:ff9b::8.8.8.8", AddressScope::Global},
      {"64:ff9b:1::8.8.8.8", AddressScope::Private},
      {"2001::80ff:fffe", AddressScope::Loopback},  // Teredo for 127.0.0.1, inverted
  };
  for (const auto& [text, scope] : scopes) {
    EXPECT_EQ(name_of(scope_of(ip(text))), name_of(scope)) << text;
  }
}

TEST(TransportAddress, IsReadAndPrintedWithItsPort) {
  for (const auto* text : {"192.0.2.1:3478", "[2001:db8::1]:0", "[::1]:65535"}) {
    const auto address = TransportAddress::parse(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(to_string(*address), text);
  }
  for (const auto* text : {"192.0.2.1", "192.0.2.1:", "192.0.2.1:65536", "::1:80", "[192.0.2.1]:80",
                           "[::1]", "[]:1", "192.0.2.1:-1"}) {
    EXPECT_FALSE(TransportAddress::parse(text)) << text;
  }
}

TEST(TransportAddress, HashDependsOnEachPartAndTheSeed) {
  const TransportAddress address{ip("192.0.2.1"), 1000};
  EXPECT_EQ(hash_of(address, 1), hash_of(address, 1));
  EXPECT_NE(hash_of(address, 1), hash_of(address, 2));
  EXPECT_NE(hash_of(address, 1), hash_of({ip("192.0.2.1"), 1001}, 1));
  EXPECT_NE(hash_of(address, 1), hash_of({ip("192.0.2.2"), 1000}, 1));
}

TEST(IpNetwork, ContainsWhatBeginsWithItsPrefix) {
  const auto contains = [](std::string_view network, std::string_view address) {
    const auto parsed = IpNetwork::parse(network);
    EXPECT_TRUE(parsed) << network;
    return parsed && parsed->contains(ip(address));
  };
  EXPECT_TRUE(contains("10.0.0.0/8", "10.255.255.255"));
  EXPECT_FALSE(contains("10.0.0.0/8", "11.0.0.0"));
  EXPECT_TRUE(contains("192.0.2.7", "192.0.2.7"));
  EXPECT_FALSE(contains("192.0.2.7", "192.0.2.6"));
  EXPECT_TRUE(contains("192.0.2.7/31", "192.0.2.6"));
  EXPECT_TRUE(contains("0.0.0.0/0", "203.0.113.9"));
  EXPECT_FALSE(contains("0.0.0.0/0", "2001:db8::1"));
  EXPECT_TRUE(contains("fd00::/8", "fdff::1"));
  EXPECT_FALSE(contains("fd00::/8", "fe00::1"));
  EXPECT_TRUE(contains("2001:db8::/65", "2001:db8::7fff:0:0:1"));
  EXPECT_FALSE(contains("2001:db8::/65", "2001:db8::8000:0:0:1"));
  EXPECT_TRUE(contains("::/0", "2001:db8::1"));
}

TEST(IpNetwork, IsReadWithAPrefixThatFits) {
  for (const auto* text :
       {"", "/8", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/8x", "10/8", "10.0.0.0/-1"}) {
    EXPECT_FALSE(IpNetwork::parse(text)) << text;
  }
}

}  // namespace
}  // namespace parley
