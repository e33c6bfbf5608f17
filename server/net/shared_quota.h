// The allocations of all shards together.
//
// Thread-safety: any thread. Taken once for each allocation, not for packets.
#pragma once

#include <mutex>
#include <string_view>

#include "core/net/turn/quota.h"

namespace parley {

class SharedQuota final : public turn::Quota {
 public:
  SharedQuota(std::size_t per_user, std::size_t in_all) : quota_(per_user, in_all) {}

  bool acquire(std::string_view user) override {
    const std::lock_guard lock(mutex_);
    return quota_.acquire(user);
  }
  void release(std::string_view user) override {
    const std::lock_guard lock(mutex_);
    quota_.release(user);
  }

 private:
  std::mutex mutex_;
  turn::CountedQuota quota_;
};

}  // namespace parley
