// Plays a scenario: does what its steps say to a World, lets everything else happen by itself, and
// looks whether the call ended as it must. A value, so that it can be copied at any moment and go
// on in two ways.
#pragma once

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/scenario.h"
#include "tests/simulation/world.h"

namespace parley::simulation {

struct RunReport {
  std::size_t events = 0;
  Timestamp ended;
  std::optional<std::string> failure;
  std::vector<std::string> journals;  // of every page, where asked for
};

class Playback {
 public:
  // With `is_recorded` every page keeps a journal, which must replay without a difference.
  // `scenario` must outlive this and its copies.
  explicit Playback(const Scenario& scenario, bool is_recorded = false);

  // Lets the next thing happen, one of the scenario's steps or what is due by itself. False once
  // everything has had the time to settle.
  bool advance();
  void perform(const Step& step);
  // Goes on to the end and judges it.
  RunReport finish();

  Timestamp now() const { return world_.now(); }
  const World& world() const { return world_; }

 private:
  void suffer(const Step& step, std::size_t tab);
  void use(const Step& step, std::size_t tab);
  void enter(std::size_t tab, const std::optional<Resume>& ticket);
  std::size_t open(std::size_t person, const std::optional<Resume>& ticket);
  void join(std::size_t tab, std::size_t person, const std::string& name);
  void moderate(const Step& step, std::size_t tab);
  void come_back(std::size_t person, std::size_t tab, bool closes_old);
  void cut_off(std::set<int> tabs, const Step& step);
  void settles_after(Timestamp moment) { last_ = std::max(last_, moment); }
  std::optional<std::string> wrong_end() const;
  std::size_t person_of(const Tab& tab) const;
  void collect_journals();

  const Scenario* scenario_;
  bool is_recorded_;
  World world_;
  std::size_t next_step_ = 0;
  std::vector<std::optional<std::size_t>> front_;  // of each person's pages the one they look at
  std::vector<std::size_t> person_of_;             // by tab
  bool was_server_out_of_reach_ = false;
  bool did_hosts_decide_ = false;  // anything about who is in
  Timestamp last_;                 // accident or end of one
  RunReport report_;
};

RunReport run(const Scenario& scenario, bool is_recorded = false);

// The same failure with as few steps as leaving out one after another allows.
Scenario shrink(Scenario failing);

}  // namespace parley::simulation
