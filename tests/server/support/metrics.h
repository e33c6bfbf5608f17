// The figures of a server under test.
#pragma once

#include <cstdint>
#include <string>

namespace parley::testing {

// The value of the metric whose line begins with `name` (labels included). Fails the test where
// there is none.
std::uint64_t metric(std::uint16_t port, const std::string& name);

// Waits until it is `value`; fails the test when it is not for long.
void wait_for_metric(std::uint16_t port, const std::string& name, std::uint64_t value);

}  // namespace parley::testing
