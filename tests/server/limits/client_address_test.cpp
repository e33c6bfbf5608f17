#include "server/limits/client_address.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

IpAddress at(std::string_view text) { return *IpAddress::parse(text); }

const std::vector<IpNetwork> proxies{*IpNetwork::parse("10.0.0.0/8")};

TEST(ClientAddress, IsThePeersWhereThatIsNoTrustedProxy) {
  EXPECT_EQ(client_address(at("192.0.2.1"), "203.0.113.9", proxies), at("192.0.2.1"));
  EXPECT_EQ(client_address(at("10.0.0.1"), std::nullopt, proxies), at("10.0.0.1"));
}

TEST(ClientAddress, IsTheLastOneThatNoTrustedProxyHas) {
  EXPECT_EQ(client_address(at("10.0.0.1"), "203.0.113.9", proxies), at("203.0.113.9"));
  EXPECT_EQ(client_address(at("10.0.0.1"), "198.51.100.1, 203.0.113.9", proxies), at("203.0.113.9"))
      << "what stands before, the client may have made up";
  EXPECT_EQ(client_address(at("10.0.0.1"), "203.0.113.9 ,\t10.2.3.4", proxies), at("203.0.113.9"));
  EXPECT_EQ(client_address(at("10.0.0.1"), "2001:db8::1", proxies), at("2001:db8::1"));
}

TEST(ClientAddress, StopsAtWhatIsNoAddress) {
  EXPECT_EQ(client_address(at("10.0.0.1"), "203.0.113.9, unknown", proxies), at("10.0.0.1"));
  EXPECT_EQ(client_address(at("10.0.0.1"), "203.0.113.9,", proxies), at("10.0.0.1"));
  EXPECT_EQ(client_address(at("10.0.0.1"), "", proxies), at("10.0.0.1"));
}

TEST(ClientAddress, OfAsioIsTheSame) {
  using boost::asio::ip::make_address;
  for (const char* text : {"192.0.2.1", "2001:db8::7", "::ffff:192.0.2.1"}) {
    EXPECT_EQ(ip_address_of(make_address(text)), at(text));
  }
}

}  // namespace
}  // namespace parley
