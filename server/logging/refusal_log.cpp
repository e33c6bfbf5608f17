#include "server/logging/refusal_log.h"

#include "core/base/fields.h"
#include "server/logging/log.h"

namespace parley {

void RefusalLog::refused(LimitReason reason, const std::optional<IpAddress>& address,
                         Timestamp now) {
  auto& last = logged_[static_cast<std::size_t>(reason)];
  if (last && now - *last < pause) return;
  last = now;
  log::info("refused",
            "Refused because a limit was reached: {} of {}. More of the kind are counted in "
            "/metrics.",
            name_of(reason), address ? log::shown(*address) : "an address without limits");
}

}  // namespace parley
