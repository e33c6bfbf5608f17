#include "core/call/remote_candidates.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace parley {

bool RemoteCandidates::belongs(const Candidate& candidate) const {
  // A candidate without a fragment (older browsers) counts for the description that is set.
  return generation_ &&
         (!candidate.username_fragment || candidate.username_fragment == generation_);
}

std::vector<Candidate> RemoteCandidates::arrived(Candidate candidate) {
  if (belongs(candidate)) return {std::move(candidate)};
  if (past_ && candidate.username_fragment == past_) return {};
  if (waiting_.size() == max_waiting) waiting_.erase(waiting_.begin());
  waiting_.push_back(std::move(candidate));
  return {};
}

std::vector<Candidate> RemoteCandidates::description_set(const Sdp& sdp) {
  auto fragment = ice_fragment(sdp.value());
  if (fragment != generation_) {
    past_ = std::move(generation_);
    generation_ = std::move(fragment);
  }
  const auto first_ready =
      std::stable_partition(waiting_.begin(), waiting_.end(),
                            [&](const Candidate& candidate) { return !belongs(candidate); });
  std::vector<Candidate> ready(std::make_move_iterator(first_ready),
                               std::make_move_iterator(waiting_.end()));
  waiting_.erase(first_ready, waiting_.end());
  return ready;
}

std::optional<Fragment> ice_fragment(std::string_view sdp) {
  constexpr std::string_view attribute = "a=ice-ufrag:";
  const auto begin = sdp.find(attribute);
  if (begin == std::string_view::npos) return std::nullopt;
  auto value = sdp.substr(begin + attribute.size());
  value = value.substr(0, value.find_first_of("\r\n"));
  if (value.empty() || !Fragment::accepts(value)) return std::nullopt;
  return Fragment(std::string(value));
}

}  // namespace parley
