// How many allocations there may be, of one user and in all.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace parley::turn {

// An interface, so that a host with several machines can count over all of them.
class Quota {
 public:
  virtual ~Quota() = default;
  // Takes a place; false when there is none.
  virtual bool acquire(std::string_view user) = 0;
  // Precondition: `user` holds a place.
  virtual void release(std::string_view user) = 0;
};

// Thread-safety: none.
class CountedQuota final : public Quota {
 public:
  CountedQuota(std::size_t per_user, std::size_t in_all) : per_user_(per_user), in_all_(in_all) {}

  bool acquire(std::string_view user) override {
    if (count_ >= in_all_) return false;
    const auto found = by_user_.find(user);
    if (found == by_user_.end()) {
      if (per_user_ == 0) return false;
      by_user_.emplace(user, 1);
    } else {
      if (found->second >= per_user_) return false;
      ++found->second;
    }
    ++count_;
    return true;
  }

  void release(std::string_view user) override {
    const auto found = by_user_.find(user);
    if (--found->second == 0) by_user_.erase(found);
    --count_;
  }

 private:
  std::size_t per_user_;
  std::size_t in_all_;
  std::size_t count_ = 0;
  std::map<std::string, std::size_t, std::less<>> by_user_;
};

}  // namespace parley::turn
