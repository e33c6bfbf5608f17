// The media paths between the peer connections of all tabs: what the network does to them, and what
// each end notices of it, when.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/tab.h"

namespace parley::simulation {

class Paths {
 public:
  using Tabs = std::vector<Tab>;
  using Reception = FakePeerConnection::Reception;

  // The path between two tabs breaks for good; only a new ICE generation helps. Each side notices
  // by itself.
  void break_between(const Tab& one, const Tab& other);
  // The tabs that no packet of another one reaches for now.
  void set_unreachable(std::set<int> tabs);

  // The state that the path of `connection`, which is one of `tab`, goes to next by itself.
  std::optional<PathState> next_path(const Tabs& tabs, const Tab& tab,
                                     const FakePeerConnection& connection) const;
  // What the page notices of the packets next by itself, before the browser says anything of the
  // path.
  std::optional<Reception> next_reception(const Tabs& tabs, const Tab& tab,
                                          const FakePeerConnection& connection) const;
  // ICE has given the path of `connection` up. Where no packet came through, none will: the other
  // end's checks are answered no more.
  void gave_up(const Tabs& tabs, const Tab& tab, const FakePeerConnection& connection);

  // The moment that was drawn for a change; `now` where none was yet.
  template <class State>
  Timestamp due(const FakePeerConnection& connection, State next, Timestamp now) const {
    const auto found = due_.find(key(connection, next));
    return found == due_.end() ? now : found->second;
  }
  // True when it is time. The first look only sets the moment, to what `draw` returns.
  template <class State, class Draw>
  bool take_due(const FakePeerConnection& connection, State next, Draw draw, Timestamp now) {
    const auto name = key(connection, next);
    if (!due_.contains(name)) {
      const Timestamp drawn = draw();
      due_.emplace(name, drawn);
      if (drawn > now) return false;
    }
    due_.erase(name);
    return true;
  }

  const std::set<std::string>& broken() const { return broken_; }

 private:
  template <class State>
  static std::string key(const FakePeerConnection& connection, State next) {
    return connection.generations() + std::string(name_of(next));
  }
  bool is_lost(const Tabs& tabs, const Tab& tab, const FakePeerConnection& connection) const;

  std::set<std::string> broken_;  // pairs of generations that do not connect any more
  std::set<int> unreachable_;
  std::map<std::string, Timestamp> due_;  // by peer connection and what will happen to it
};

}  // namespace parley::simulation
