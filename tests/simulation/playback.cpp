#include "tests/simulation/playback.h"

#include <algorithm>

#include "core/journal/replay.h"

namespace parley::simulation {
namespace {

using Kind = Step::Kind;

// How long after the last accident everything must have settled: the server forgets who is away
// after 15 s, and a path that broke twice is tried again for about as long.
constexpr Duration quiet_time = Duration::seconds(90);

// A call of a few people for a few minutes has some thousand events; more mean that something
// spins.
constexpr std::size_t most_events = 100'000;

// Why one is not in the room because a host decided so.
bool is_decided_by_host(Problem problem) {
  switch (problem) {
    case Problem::RoomLocked:
    case Problem::PasswordRequired:
    case Problem::WrongPassword:
    case Problem::NotAdmitted:
    case Problem::Removed:
    case Problem::Banned:
    case Problem::CallEnded:
      return true;
    default:
      return false;
  }
}

Medium medium_of(const Step& step) { return step.detail % 2 == 0 ? Medium::Audio : Medium::Camera; }

}  // namespace

Playback::Playback(const Scenario& scenario, bool is_recorded)
    : scenario_(&scenario),
      is_recorded_(is_recorded),
      world_(scenario.seed, scenario.delays),
      front_(scenario.people) {
  world_.issue_tickets_for(scenario.tickets_good_for);
  if (scenario.relay_life) world_.give_relay(*scenario.relay_life);
}

// --- The run -----------------------------------------------------------------------------------

bool Playback::advance() {
  if (report_.failure) return false;
  const auto& steps = scenario_->steps;
  const bool has_step = next_step_ < steps.size();
  const auto end = has_step ? steps[next_step_].at : last_ + quiet_time;
  if (world_.take_next(end)) {
    if (++report_.events > most_events) report_.failure = "too many events: something spins";
    if (world_.first_violation()) report_.failure = world_.first_violation();
    return !report_.failure;
  }
  if (!has_step) return false;
  world_.advance_to(end);
  perform(steps[next_step_++]);
  return true;
}

RunReport Playback::finish() {
  while (advance()) {
  }
  if (!report_.failure) report_.failure = world_.first_violation();
  if (!report_.failure) report_.failure = world_.disagreement();
  if (!report_.failure) report_.failure = world_.surplus();
  if (!report_.failure) report_.failure = wrong_end();
  report_.ended = world_.now();
  if (is_recorded_) collect_journals();
  return report_;
}

// A call that gave up although it had no reason to is stuck as well: one that was replaced went on
// in another page, unless somebody closed that one.
std::optional<std::string> Playback::wrong_end() const {
  const auto& tabs = world_.tabs();
  const auto has_failed_for = [](const Tab& tab, Problem problem) {
    return !tab.is_gone && tab.call.view().state == CallState::Failed &&
           tab.call.view().problem == problem;
  };
  const auto went_on_elsewhere = [&](const Tab& tab) {
    return std::any_of(tabs.begin(), tabs.end(), [&](const Tab& other) {
      return person_of(other) == person_of(tab) && !has_failed_for(other, Problem::Replaced);
    });
  };
  for (const auto& tab : tabs) {
    const auto& view = tab.call.view();
    if (tab.is_gone || view.state != CallState::Failed) continue;
    if (has_failed_for(tab, Problem::Replaced) && went_on_elsewhere(tab)) continue;
    if (did_hosts_decide_ && is_decided_by_host(*view.problem)) continue;
    if (has_failed_for(tab, Problem::ServerUnreachable) && was_server_out_of_reach_) continue;
    return tab.name + " failed: " + std::string(name_of(*view.problem));
  }
  return std::nullopt;
}

std::size_t Playback::person_of(const Tab& tab) const {
  return person_of_[static_cast<std::size_t>(tab.number)];
}

void Playback::collect_journals() {
  for (const auto& tab : world_.tabs()) {
    report_.journals.push_back(tab.journal->text());
    const auto replayed = replay(report_.journals.back());
    if (replayed.difference && !report_.failure) {
      report_.failure = tab.name + " does not replay: " + replayed.difference->actual;
    }
  }
}

// --- The steps ---------------------------------------------------------------------------------

void Playback::perform(const Step& step) {
  settles_after(world_.now());
  if (step.kind == Kind::RestartServer) {
    const auto outage = Duration::seconds(step.detail);
    was_server_out_of_reach_ = true;
    settles_after(world_.now() + outage);
    return world_.restart_server(outage);
  }
  if (step.kind == Kind::JumpServerClock) {
    const auto by = jump_of(step.detail);
    if (by < Duration()) settles_after(world_.now() - by);
    return world_.jump_server_clock(by);
  }
  if (step.kind == Kind::CutOffAll) {
    std::set<int> all;
    for (const auto& tab : world_.tabs()) all.insert(tab.number);
    return cut_off(std::move(all), step);
  }
  auto& front = front_[step.person];
  if (step.kind == Kind::Open || step.kind == Kind::OpenRefused) {
    if (front) return;
    front = open(step.person, std::nullopt);
    if (step.kind == Kind::OpenRefused) {
      world_.tabs()[*front].devices.refuse(
          {MediaProblem::InUse, MediaProblem::DeniedByUser, MediaProblem::NotFound});
    }
    return;
  }
  if (!front || world_.tabs()[*front].is_gone) return;
  const auto tab = *front;
  switch (step.kind) {
    case Kind::DropSocket:
    case Kind::LoseSocket:
    case Kind::CutOff:
    case Kind::BreakPath:
    case Kind::JumpClock:
      return suffer(step, tab);
    default:
      // In front of a page that sleeps nobody does anything.
      if (world_.tabs()[tab].nap.until <= world_.now()) use(step, tab);
  }
}

void Playback::cut_off(std::set<int> tabs, const Step& step) {
  const auto cut = cut_of(step.detail);
  was_server_out_of_reach_ |= cut.from_server;
  settles_after(world_.now() + cut.duration);
  world_.cut_off(std::move(tabs), cut.from_server, cut.from_peers, cut.duration);
}

void Playback::suffer(const Step& step, std::size_t tab) {
  switch (step.kind) {
    case Kind::LoseSocket:
      return world_.lose_socket(tab, lost_socket_told_after(step.detail));
    case Kind::CutOff:
      return cut_off({world_.tabs()[tab].number}, step);
    case Kind::JumpClock: {
      const auto by = jump_of(step.detail);
      if (by < Duration()) settles_after(world_.now() - by);
      return world_.jump_clock(tab, by);
    }
    case Kind::BreakPath: {
      const auto& other = front_[step.detail % scenario_->people];
      if (other && *other != tab) world_.break_path(tab, *other);
      return;
    }
    default:
      return world_.drop_socket(tab);
  }
}

void Playback::use(const Step& step, std::size_t tab) {
  switch (step.kind) {
    case Kind::Join:
      return join(tab, step.person, "person " + std::to_string(step.person));
    case Kind::Leave:
      return world_.feed(tab, input::LeaveRoom{});
    case Kind::Rejoin:
      enter(tab, std::nullopt);
      return join(tab, step.person, "again");
    case Kind::Toggle:
      return world_.feed(
          tab, input::SetSending{static_cast<Medium>(step.detail % 3), (step.detail / 3) % 2 == 0});
    case Kind::Rename:
      return world_.feed(tab, input::SetName{Name("name " + std::to_string(step.detail))});
    case Kind::Crash:
      world_.close_tab(tab, false);
      front_[step.person].reset();
      return;
    case Kind::Reload:
      return come_back(step.person, tab, true);
    case Kind::Duplicate:
      return come_back(step.person, tab, false);
    case Kind::Plug:
      for (const auto& said :
           world_.tabs()[tab].devices.toggle_plug(medium_of(step), step.detail / 2)) {
        world_.feed(tab, said);
      }
      return;
    case Kind::Interrupt:
      if (const auto said = world_.tabs()[tab].devices.toggle_interruption(medium_of(step))) {
        world_.feed(tab, *said);
      }
      return;
    case Kind::Sleep:
      settles_after(world_.now() + nap_of(step.detail));
      return world_.put_to_sleep(tab, nap_of(step.detail), rings_timer_first(step.detail));
    case Kind::Moderate:
      return moderate(step, tab);
    case Kind::Hint:
      return world_.feed(tab, input::Hint{static_cast<HintCause>(step.detail % 3)});
    default:
      return;
  }
}

// In a new page, instead of the old one or beside it.
void Playback::come_back(std::size_t person, std::size_t tab, bool closes_old) {
  const auto ticket = world_.tabs()[tab].ticket;
  const bool was_in_call = world_.tabs()[tab].call.view().self.id.has_value();
  if (closes_old) world_.close_tab(tab, false);
  front_[person] = open(person, ticket);
  if (was_in_call) join(*front_[person], person, "back");
}

void Playback::join(std::size_t tab, std::size_t person, const std::string& name) {
  input::JoinRoom input{Name(name)};
  if (knows_password(person)) input.password = the_password();
  world_.feed(tab, input);
}

// Somebody who waits is meant before somebody who is in.
void Playback::moderate(const Step& step, std::size_t tab) {
  const auto& view = world_.tabs()[tab].call.view();
  if (view.self.role != Role::Host) return;
  const auto& meant = front_[target_of(step.detail) % scenario_->people];
  std::optional<ParticipantId> target;
  if (meant) target = world_.tabs()[*meant].call.view().self.id;
  if (!view.queue.empty()) target = view.queue.front().id;
  if (!target) return;
  did_hosts_decide_ = true;
  world_.feed(tab, input::Moderate{host_action_of(step.detail, *target)});
}

// Opens the room in `tab`, with the devices that this person prefers.
void Playback::enter(std::size_t tab, const std::optional<Resume>& ticket) {
  world_.feed(
      tab, input::Open{RoomId("simulated"), true, true, ticket, FakeDevices::chosen(Medium::Audio),
                       FakeDevices::chosen(Medium::Camera)});
}

std::size_t Playback::open(std::size_t person, const std::optional<Resume>& ticket) {
  const auto letter = static_cast<char>('a' + person);
  person_of_.push_back(person);
  const auto tab =
      world_.add_tab(letter + std::to_string(person_of_.size()) + ".", ticket, is_recorded_);
  enter(tab, ticket);
  return tab;
}

// --- Whole runs --------------------------------------------------------------------------------

RunReport run(const Scenario& scenario, bool is_recorded) {
  return Playback(scenario, is_recorded).finish();
}

Scenario shrink(Scenario failing) {
  for (bool has_shrunk = true; has_shrunk;) {
    has_shrunk = false;
    for (std::size_t index = 0; index < failing.steps.size(); ++index) {
      auto shorter = failing;
      shorter.steps.erase(shorter.steps.begin() + static_cast<std::ptrdiff_t>(index));
      if (!run(shorter).failure) continue;
      failing = std::move(shorter);
      has_shrunk = true;
      --index;
    }
  }
  return failing;
}

}  // namespace parley::simulation
