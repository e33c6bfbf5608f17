#include "server/api/operation.h"

#include <array>

#include "server/api/description.h"
#include "server/api/rooms.h"
#include "server/api/tokens.h"

namespace parley {

std::span<const ApiOperation> api_operations() {
  static constexpr std::array<ApiOperation, 6> operations{{
      {"POST", "/tokens", ApiAccess::WithKey, ApiBody::Json, issue_token_for},
      {"GET", "/rooms", ApiAccess::WithKey, ApiBody::None, list_rooms},
      {"GET", "/rooms/{room}", ApiAccess::WithKey, ApiBody::None, show_room},
      {"DELETE", "/rooms/{room}", ApiAccess::WithKey, ApiBody::None, end_room},
      {"POST", "/rooms/{room}/messages", ApiAccess::WithKey, ApiBody::Json, tell_room},
      {"GET", "/openapi.json", ApiAccess::Anybody, ApiBody::None, describe_api},
  }};
  return operations;
}

}  // namespace parley
