#include "tests/server/support/metrics.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>

#include "tests/server/support/http_client.h"

namespace parley::testing {
namespace {

constexpr auto patience = std::chrono::seconds(10);

// Nothing when the server does not answer, which is part of some tests.
std::optional<std::uint64_t> look_up(std::uint16_t port, const std::string& name) {
  const Response response = fetch(port, "/metrics");
  if (response.status != 200) return std::nullopt;
  const auto at = response.body.find("\n" + name + " ");
  if (at == std::string::npos) {
    ADD_FAILURE() << "there is no metric " << name;
    return 0;
  }
  return std::stoull(response.body.substr(at + name.size() + 2));
}

}  // namespace

std::uint64_t metric(std::uint16_t port, const std::string& name) {
  const auto give_up_at = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < give_up_at) {
    if (const auto value = look_up(port, name)) return *value;
  }
  ADD_FAILURE() << "the server tells no figures";
  return 0;
}

void wait_for_metric(std::uint16_t port, const std::string& name, std::uint64_t value) {
  const auto give_up_at = std::chrono::steady_clock::now() + patience;
  for (auto now = look_up(port, name); now != value; now = look_up(port, name)) {
    ASSERT_LT(std::chrono::steady_clock::now(), give_up_at)
        << name << " is " << now.value_or(0) << ", not " << value;
  }
}

}  // namespace parley::testing
