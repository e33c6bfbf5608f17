// What the API can do: a method of a path, and what answers it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "server/http/message.h"
#include "server/runtime/asio.h"
#include "server/runtime/shard.h"

namespace parley {

// A request as an operation needs it; views into the parsed request.
struct ApiCall {
  std::string parameter;    // what stands in the path for "{…}"; unchecked
  std::string_view target;  // with the query
  std::string_view body;
};

enum class ApiAccess : std::uint8_t { Anybody, WithKey };
enum class ApiBody : std::uint8_t { None, Json };

struct ApiOperation {
  std::string_view method;  // GET is HEAD, too
  std::string_view path;    // below /api/v1; "{…}" stands for one segment
  ApiAccess access;
  ApiBody body;
  // Runs on the shard of the connection. The call outlives it.
  Task<HttpResponse> (*answer)(Shard& here, const ApiCall& call);
};

std::span<const ApiOperation> api_operations();

}  // namespace parley
