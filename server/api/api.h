// Answers what is asked of /api/v1: finds the operation, checks the key and the form of the
// request.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/http/message.h"
#include "server/runtime/asio.h"
#include "server/runtime/shard.h"

namespace parley {

// Views into the parsed request, which outlives the answering.
struct ApiRequest {
  std::string_view method;
  std::string_view target;
  std::string path;  // decoded
  std::optional<std::string_view> authorization;
  std::optional<std::string_view> content_type;
  std::string_view body;
};

// `here` is the shard of the connection, on whose thread it runs.
Task<HttpResponse> answer_api(Shard& here, const ApiRequest& request);

}  // namespace parley
