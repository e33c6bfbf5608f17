// What somebody who asks the API for a token says of it.
//
// Thread-safety: free functions without state.
#pragma once

#include <chrono>
#include <string_view>

#include "core/base/result.h"
#include "server/admission/access_token.h"
#include "server/http/message.h"

namespace parley {

// The token that the body `text` orders at the time `now`, or the answer to whoever sent something
// else. `text` comes from the network.
Result<AccessToken, HttpResponse> read_token_order(std::string_view text,
                                                   std::chrono::sys_seconds now);

}  // namespace parley
