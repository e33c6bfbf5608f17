// Whoever administers a server under test by its API.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "server/server_options.h"
#include "tests/server/support/http_client.h"

namespace parley::testing {

using Json = nlohmann::json;

inline constexpr std::string_view test_admin_key = "0123456789abcdef0123456789abcdef";

// test_options() with that key, and with a secret of tokens.
ServerOptions api_options();

// One request below /api/v1 with that key; `headers` are whole lines. A body is sent as JSON unless
// `headers` say otherwise.
Response call_api(std::uint16_t port, std::string_view method, std::string_view path,
                  std::string_view body = "", std::string_view headers = "");

// The body as JSON; fails the test where it is none.
Json json_of(const Response& response);

// The code of the error that the body tells.
std::string error_code_of(const Response& response);

}  // namespace parley::testing
