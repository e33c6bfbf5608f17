// Those who wait to be admitted to a room, in the order in which they came. A place is kept for as
// long as the connection is there.
//
// Thread-safety: none; belongs to one Room.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/signaling/attempts.h"
#include "core/signaling/messages.h"
#include "core/signaling/standing.h"

namespace parley {

// One WebSocket connection, numbered by the host; never reused within a room.
using ConnectionId = std::uint64_t;

// Somebody who asks to come in, and what is known of them.
struct Candidacy {
  ConnectionId connection = 0;
  ParticipantId id;
  Standing standing = Standing::Guest;
  std::optional<Identity> identity;
  // What its ticket says, where that is of the time just before the room began.
  std::optional<Standing> before;
  // What tells its page from others of the same participant: over which connections they came, and
  // its arrival where it was in the room and had to go back to the door, which it may not have
  // heard of when it comes back.
  Attempts attempts;
  std::optional<Arrival> arrival_before;
  Join join;
  std::uint32_t told_place = 0;  // in the queue, from 1; 0: not told yet

  // The password is in no snapshot.
  static constexpr auto fields() {
    return std::tuple(field("connection", &Candidacy::connection), field("id", &Candidacy::id),
                      field("standing", &Candidacy::standing),
                      field("identity", &Candidacy::identity), field("before", &Candidacy::before),
                      field("attempts", &Candidacy::attempts),
                      field("arrivalBefore", &Candidacy::arrival_before),
                      field("toldPlace", &Candidacy::told_place));
  }
};

class WaitingList {
 public:
  bool empty() const { return waiting_.empty(); }
  bool full() const { return waiting_.size() >= limits::waiting; }
  const std::vector<Candidacy>& all() const { return waiting_; }

  void add(Candidacy candidacy) {
    waiting_.push_back(std::move(candidacy));
    news_ = News::Untold;
  }

  const Candidacy* find(const ParticipantId& id) const {
    const auto found = std::find_if(waiting_.begin(), waiting_.end(),
                                    [&](const Candidacy& each) { return each.id == id; });
    return found == waiting_.end() ? nullptr : &*found;
  }

  std::optional<Candidacy> take(const ParticipantId& id) {
    return take_if([&](const Candidacy& each) { return each.id == id; });
  }
  std::optional<Candidacy> take(ConnectionId connection) {
    return take_if([&](const Candidacy& each) { return each.connection == connection; });
  }
  std::vector<Candidacy> take_all() {
    if (!waiting_.empty()) news_ = News::Untold;
    return std::exchange(waiting_, {});
  }

  // Whether somebody came or went since it was told last.
  bool has_news() const { return news_ == News::Untold; }
  bool take_news() { return std::exchange(news_, News::Told) == News::Untold; }

  // Calls `tell(connection, place)` for each whose place is another than it was told last.
  template <class Tell>
  void tell_places(Tell tell) {
    std::uint32_t place = 0;
    for (auto& each : waiting_) {
      ++place;
      if (std::exchange(each.told_place, place) != place) tell(each.connection, place);
    }
  }

  bool has(ConnectionId connection) const {
    return std::any_of(waiting_.begin(), waiting_.end(),
                       [&](const Candidacy& each) { return each.connection == connection; });
  }

  Visitors visitors() const {
    Visitors visitors;
    for (const auto& each : waiting_) visitors.push_back({each.id, each.join.name});
    return visitors;
  }

  static constexpr auto fields() { return std::tuple(field("waiting", &WaitingList::waiting_)); }

 private:
  enum class News : std::uint8_t { Told, Untold };

  template <class Predicate>
  std::optional<Candidacy> take_if(Predicate is_meant) {
    const auto found = std::find_if(waiting_.begin(), waiting_.end(), is_meant);
    if (found == waiting_.end()) return std::nullopt;
    auto taken = std::move(*found);
    waiting_.erase(found);
    news_ = News::Untold;
    return taken;
  }

  std::vector<Candidacy> waiting_;
  News news_ = News::Told;
};

}  // namespace parley
