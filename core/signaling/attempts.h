// Over which connections a participant's pages came, so that a join that waited in the network
// until its page had come over a later connection is told from a new one.
//
// Thread-safety: none; belongs to one Room.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <tuple>
#include <vector>

#include "core/signaling/messages.h"

namespace parley {

class Attempts {
 public:
  // Pages that are remembered. Somebody has a few tabs open, and a connection gives a join up after
  // seconds.
  static constexpr std::size_t most_pages = 4;

  // `attempt`: of the join that is let in; nothing where it named none.
  void add(const std::optional<Attempt>& attempt) {
    is_last_known_ = attempt.has_value();
    if (!attempt) return;
    std::erase_if(latest_, [&](const Attempt& each) { return each.page == attempt->page; });
    if (latest_.size() == most_pages) latest_.erase(latest_.begin());
    latest_.push_back(*attempt);
  }

  // Of the join that was let in last.
  std::optional<Attempt> last() const {
    return is_last_known_ ? std::optional(latest_.back()) : std::nullopt;
  }

  bool is_of_last_page(const std::optional<Attempt>& attempt) const {
    return attempt && last() && attempt->page == last()->page;
  }

  bool have_overtaken(const std::optional<Attempt>& attempt) const {
    return attempt && std::any_of(latest_.begin(), latest_.end(), [&](const Attempt& each) {
             return each.page == attempt->page && each.number > attempt->number;
           });
  }

  static constexpr auto fields() {
    return std::tuple(field("latest", &Attempts::latest_),
                      field("isLastKnown", &Attempts::is_last_known_));
  }

 private:
  std::vector<Attempt> latest_;  // of each page, that of the last one at the end
  bool is_last_known_ = false;
};

}  // namespace parley
