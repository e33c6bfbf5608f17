// Runs a journal through the core again and compares what comes out, byte for byte.
//
// Thread-safety: distinct calls are independent.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

struct ReplayReport {
  std::size_t inputs = 0;
  std::size_t outputs = 0;

  // The first line at which the replay left the journal, or that could not be read.
  struct Difference {
    std::size_t line = 0;  // from 1
    std::string expected;  // the journal's line; empty when the replay yields more
    std::string actual;    // the replay's; or why the line could not be read
  };
  std::optional<Difference> difference;
};

ReplayReport replay(std::string_view journal);

}  // namespace parley
