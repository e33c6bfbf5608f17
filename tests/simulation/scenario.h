// A script of what people and accidents do in one simulated call, drawn from a seed. A script is
// data, so that a failing one can be made shorter. It is played by playback.h.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "tests/simulation/tab.h"

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
    LoseSocket,  // without a word: when the page is told, see lost_socket_told_after
    CutOff,      // no packet reaches the page: see Cut
    CutOffAll,   // or any page
    BreakPath,
    RestartServer,    // gone for `detail` seconds
    Hint,             // of which cause
    Plug,             // a microphone or camera is pulled out, or plugged in again
    Interrupt,        // the system holds one of them still, or lets it go on
    Sleep,            // for how long, and whether the timer's event comes first afterwards
    JumpClock,        // of the page
    JumpServerClock,  // of the server
    Moderate,         // does something as a host, if they are one: see host_action_of
  };
  Timestamp at;
  Kind kind = Kind::Open;
  std::size_t person = 0;
  std::uint32_t detail = 0;  // which medium, which other person, which of several
};
constexpr auto names_of(Step::Kind) {
  return std::array<std::string_view, 23>{"open",        "open-refused",
                                          "join",        "leave",
                                          "rejoin",      "toggle",
                                          "rename",      "reload",
                                          "crash",       "duplicate",
                                          "drop-socket", "lose-socket",
                                          "cut-off",     "cut-off-all",
                                          "break-path",  "restart-server",
                                          "hint",        "plug",
                                          "interrupt",   "sleep",
                                          "jump-clock",  "jump-server-clock",
                                          "moderate"};
}

// --- What the detail of a step means -----------------------------------------------------------

struct Cut {
  bool from_server = false;
  bool from_peers = false;
  Duration duration;
};
Cut cut_of(std::uint32_t detail);
std::optional<Duration> lost_socket_told_after(std::uint32_t detail);
Duration jump_of(std::uint32_t detail);
Duration nap_of(std::uint32_t detail);
bool rings_timer_first(std::uint32_t detail);
// What a host does, to `target` where it is about somebody.
HostAction host_action_of(std::uint32_t detail, const ParticipantId& target);
// About whom: an index that is to be taken modulo the number of people.
std::size_t target_of(std::uint32_t detail);
inline constexpr std::uint32_t host_actions = 14;
// What everybody who is asked for the room's password says, right or wrong.
bool knows_password(std::size_t person);
const Password& the_password();

struct Scenario {
  std::uint64_t seed = 0;
  std::size_t people = 2;
  Delays delays;
  Duration tickets_good_for = Duration::seconds(24 * 3600);
  std::optional<std::uint32_t> relay_life;  // of the credentials, in seconds; nothing: no relay
  std::vector<Step> steps;                  // in order of time
};

Scenario draw_scenario(std::uint64_t seed);

std::string describe(const Step& step);
std::string describe(const Scenario& scenario);

}  // namespace parley::simulation
