// POST /tokens: a token for one person and one room, signed by this server.
#pragma once

#include "server/api/operation.h"

namespace parley {

Task<HttpResponse> issue_token_for(Shard& here, const ApiCall& call);

}  // namespace parley
