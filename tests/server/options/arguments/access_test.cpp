#include "server/options/arguments/access.h"

#include <gtest/gtest.h>

#include "server/options/command_line.h"

namespace parley {
namespace {

using Texts = std::vector<std::string>;

TEST(AccessArguments, LetEverySiteInByDefault) {
  const auto parsed = parse_command_line({});
  const Policy& policy = std::get<CommandLine>(parsed).server.policy;
  EXPECT_EQ(policy.origins, Texts{"*"});
  EXPECT_EQ(policy.frame_ancestors, "*");
  EXPECT_TRUE(policy.trusted_proxies.empty());
}

TEST(AccessArguments, TakeSitesAndProxies) {
  const auto parsed = parse_command_line({"--allow-origin", "https://a.example,https://b.example",
                                          "--allow-embed", "self", "--trusted-proxy", "10.0.0.1"});
  const Policy& policy = std::get<CommandLine>(parsed).server.policy;
  EXPECT_EQ(policy.origins, (Texts{"https://a.example", "https://b.example"}));
  EXPECT_EQ(policy.frame_ancestors, "'self'");
  ASSERT_EQ(policy.trusted_proxies.size(), 1u);
  EXPECT_TRUE(policy.trusted_proxies[0].contains(*IpAddress::parse("10.0.0.1")));
}

TEST(AccessArguments, RefuseWhatIsNoOrigin) {
  const auto parsed = parse_command_line({"--allow-origin", "a.example"});
  const auto* early = std::get_if<EarlyExit>(&parsed);
  ASSERT_TRUE(early);
  EXPECT_NE(early->text.find("\"a.example\" is not an origin"), std::string::npos);
}

}  // namespace
}  // namespace parley
