// libFuzzer's entry to the target `http`; see bodies.h.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/bodies.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  parley::fuzz::http({reinterpret_cast<const char*>(data), size});
  return 0;
}
