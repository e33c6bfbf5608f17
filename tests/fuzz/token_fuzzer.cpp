// libFuzzer's entry to the target `token`; see bodies.h.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/bodies.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  parley::fuzz::token({reinterpret_cast<const char*>(data), size});
  return 0;
}
