// Requests and responses of HTTP/1.1, just enough for tests.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "tests/server/support/tcp_client.h"

namespace parley::testing {

struct Response {
  int status = 0;                              // 0: the connection ended without a response
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

// The text of a request with a Host header; `headers` are whole lines, each with its line end.
std::string request(std::string_view method, std::string_view target,
                    std::string_view headers = "");

// Reads one response to a request with `method`.
Response read_response(TcpClient& client, std::string_view method = "GET");

// One request on a connection of its own.
Response fetch(std::uint16_t port, std::string_view target, std::string_view headers = "",
               std::string_view method = "GET");

}  // namespace parley::testing
