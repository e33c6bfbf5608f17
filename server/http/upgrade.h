// Whether a request for /ws may become a WebSocket (RFC 6455 section 4.2.1).
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>

#include "server/http/message.h"

namespace parley {

// The answer to a request that may not; nothing when it may.
std::optional<HttpResponse> refuse_upgrade(
    const boost::beast::http::request<boost::beast::http::string_body>& request);

}  // namespace parley
