#include "server/api/openapi.h"

namespace parley {

std::string_view openapi() {
  // openapi.json as a string literal; see server/CMakeLists.txt.
  return
#include "openapi.inc"
      ;
}

}  // namespace parley
