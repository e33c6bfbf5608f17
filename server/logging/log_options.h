// How the server logs.
#pragma once

#include <cstdint>
#include <string>

namespace parley {

enum class LogFormat : std::uint8_t {
  Plain,  // a line for people
  Json,   // an object a line, for programs
};

// Addresses of clients say where people are, so that logs are not to hold them unless asked to.
enum class LoggedAddresses : std::uint8_t { Redacted, Shown };

struct LogOptions {
  std::string level = "info";  // as spdlog names it
  LogFormat format = LogFormat::Plain;
  LoggedAddresses addresses = LoggedAddresses::Redacted;
};

}  // namespace parley
