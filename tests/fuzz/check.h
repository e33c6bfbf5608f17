// A check that holds in every build, unlike assert.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace parley::fuzz {

inline void check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

}  // namespace parley::fuzz
