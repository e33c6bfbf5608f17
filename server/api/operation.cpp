#include "server/api/operation.h"

#include <array>

#include "server/api/tokens.h"

namespace parley {

std::span<const ApiOperation> api_operations() {
  static constexpr std::array<ApiOperation, 1> operations{{
      {"POST", "/tokens", ApiAccess::WithKey, ApiBody::Json, issue_token_for},
  }};
  return operations;
}

}  // namespace parley
