#include "core/call/prepared_offer.h"

#include <algorithm>

namespace parley {

bool PreparedOffer::action_done(Effects& effects, ActionId action, const std::optional<Sdp>& sdp) {
  const auto event = link_.action_done(effects, action, sdp);
  const auto* made = event ? std::get_if<link_event::OfferMade>(&*event) : nullptr;
  if (!made) return false;
  offer_ = Offer{made->offer, link_.id(), made->sdp, {}};
  return true;
}

std::optional<Offer> PreparedOffer::send() {
  if (!offer_) return std::nullopt;
  auto offer = *offer_;
  const auto count = std::min(gathered_.size(), limits::candidates_with_offer);
  offer.candidates.assign(gathered_.begin(),
                          gathered_.begin() + static_cast<std::ptrdiff_t>(count));
  sent_ = static_cast<std::uint32_t>(count);
  return offer;
}

std::pair<Link, std::vector<SignalPayload>> PreparedOffer::adopt() {
  std::vector<SignalPayload> unsent(gathered_.begin() + static_cast<std::ptrdiff_t>(sent_),
                                    gathered_.end());
  if (is_complete_) unsent.push_back(EndOfCandidates{link_.local_generation()});
  return {std::move(link_), std::move(unsent)};
}

}  // namespace parley
