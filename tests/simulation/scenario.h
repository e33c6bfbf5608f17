// A script of what people and accidents do in one simulated call, drawn from a seed, and the run of
// it. A script is data, so that a failing one can be made shorter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/simulation/world.h"

namespace parley::simulation {

struct Step {
  enum class Kind : std::uint8_t {
    Open,         // a person opens the page
    OpenRefused,  // the same, and the browser gives no camera or microphone
    Join,
    Leave,
    Rejoin,  // opens and joins again in the same page after leaving
    Toggle,  // mutes or unmutes, camera off or on, screen shared or not
    Rename,
    Reload,     // the page goes and comes back with what it kept
    Crash,      // the page goes without a word
    Duplicate,  // the page is opened a second time with the same ticket
    DropSocket,
    BreakPath,
    RestartServer,  // gone for `detail` seconds
    Hint,           // of which cause
    Plug,           // a microphone or camera is pulled out, or plugged in again
    Interrupt,      // the system holds one of them still, or lets it go on
    Sleep,          // for how long, and whether the timer's event comes first afterwards
  };
  Timestamp at;
  Kind kind = Kind::Open;
  std::size_t person = 0;
  std::uint32_t detail = 0;  // which medium, which other person
};
constexpr auto names_of(Step::Kind) {
  return std::array<std::string_view, 17>{
      "open",           "open-refused", "join",  "leave",     "rejoin",      "toggle",
      "rename",         "reload",       "crash", "duplicate", "drop-socket", "break-path",
      "restart-server", "hint",         "plug",  "interrupt", "sleep"};
}

struct Scenario {
  std::uint64_t seed = 0;
  std::size_t people = 2;
  Delays delays;
  std::optional<std::uint32_t> relay_life;  // of the credentials, in seconds; nothing: no relay
  std::vector<Step> steps;                  // in order of time
};

Scenario draw_scenario(std::uint64_t seed);

struct RunReport {
  std::size_t events = 0;
  Timestamp ended;
  std::optional<std::string> failure;
  std::vector<std::string> journals;  // of every page, where asked for
};

// With `is_recorded` every page keeps a journal, which must replay without a difference.
RunReport run(const Scenario& scenario, bool is_recorded = false);

// The same failure with as few steps as leaving out one after another allows.
Scenario shrink(Scenario failing);

std::string describe(const Scenario& scenario);

}  // namespace parley::simulation
