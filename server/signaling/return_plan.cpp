#include "server/signaling/return_plan.h"

#include <cstdint>

namespace parley {
namespace {

// With more clients than fit in here the last ones come faster, rather than be away for longer.
constexpr Duration all_back_within = Duration::seconds(30);

}  // namespace

ComeBack ReturnPlan::next() {
  const auto turn = between_two * static_cast<std::int64_t>(slot_);
  slot_ += stride_;
  const auto after =
      (elsewhere_ ? Duration() : restart) +
      Duration::microseconds(turn.count_microseconds() % all_back_within.count_microseconds());
  return {static_cast<std::uint32_t>(after.count_milliseconds()), elsewhere_};
}

}  // namespace parley
