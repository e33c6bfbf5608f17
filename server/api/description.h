// GET /openapi.json
#pragma once

#include "server/api/operation.h"

namespace parley {

Task<HttpResponse> describe_api(Shard& here, const ApiCall& call);

}  // namespace parley
