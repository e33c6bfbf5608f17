// Whom a room remembers although they are not in it: who was, and who shall not come back.
//
// Thread-safety: none; belongs to one Room.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/signaling/standing.h"

namespace parley {

// What became of a ticket that was good once.
enum class Voided : std::uint8_t {
  Unproven,  // its holder came before those of the room's earlier life: counts as none
  Removed,
  Banned,
  Ended,  // the call it was for
};
constexpr auto names_of(Voided) {
  return std::array<std::string_view, 4>{"unproven", "removed", "banned", "ended"};
}

// Somebody who was in the room in this life of it.
struct FormerMember {
  ParticipantId id;
  Standing standing = Standing::Guest;
  std::optional<Identity> identity;

  static constexpr auto fields() {
    return std::tuple(field("id", &FormerMember::id), field("standing", &FormerMember::standing),
                      field("identity", &FormerMember::identity));
  }
};

class GuestBook {
 public:
  // Somebody left and may come back as what it was.
  void left(FormerMember member) { remember(left_, std::move(member)); }
  const FormerMember* find_former(const ParticipantId& id) const {
    const auto found = std::find_if(left_.rbegin(), left_.rend(),
                                    [&](const FormerMember& each) { return each.id == id; });
    return found == left_.rend() ? nullptr : &*found;
  }

  // The ticket of `id` counts no more.
  void make_void(const ParticipantId& id, Voided why) {
    forget(id);
    remember(void_, Entry{id, why});
  }
  // The call was ended, also for those who had left it.
  void end() {
    for (const auto& each : std::exchange(left_, {})) make_void(each.id, Voided::Ended);
  }
  // `id` is in the room: what was said of it before is settled.
  void forget(const ParticipantId& id) {
    std::erase_if(left_, [&](const FormerMember& each) { return each.id == id; });
    std::erase_if(void_, [&](const Entry& each) { return each.id == id; });
  }
  std::optional<Voided> voided(const ParticipantId& id) const {
    const auto found =
        std::find_if(void_.begin(), void_.end(), [&](const Entry& each) { return each.id == id; });
    return found == void_.end() ? std::nullopt : std::optional(found->why);
  }

  void ban(const Identity& identity) { remember(banned_, identity); }
  bool is_banned(const Identity& identity) const {
    return std::find(banned_.begin(), banned_.end(), identity) != banned_.end();
  }

  static constexpr auto fields() {
    return std::tuple(field("left", &GuestBook::left_), field("void", &GuestBook::void_),
                      field("banned", &GuestBook::banned_));
  }

 private:
  struct Entry {
    ParticipantId id;
    Voided why = Voided::Removed;
    static constexpr auto fields() {
      return std::tuple(field("id", &Entry::id), field("why", &Entry::why));
    }
  };

  template <class What>
  static void remember(std::vector<What>& list, What what) {
    if (list.size() >= limits::remembered) list.erase(list.begin());
    list.push_back(std::move(what));
  }

  std::vector<FormerMember> left_;
  std::vector<Entry> void_;
  std::vector<Identity> banned_;
};

}  // namespace parley
