#include "tests/server/support/http_client.h"

#include <algorithm>
#include <cctype>

namespace parley::testing {

std::string request(std::string_view method, std::string_view target, std::string_view headers) {
  std::string text(method);
  text.append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
  return text.append(headers).append("\r\n");
}

Response read_response(TcpClient& client, std::string_view method) {
  Response response;
  const auto head = client.receive_until("\r\n\r\n");
  if (!head) return response;
  response.status = std::stoi(head->substr(head->find(' ') + 1, 3));
  for (std::size_t at = head->find("\r\n") + 2; at + 2 < head->size();) {
    const std::size_t end = head->find("\r\n", at);
    const std::size_t colon = head->find(": ", at);
    std::string name = head->substr(at, colon - at);
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    response.headers[name] = head->substr(colon + 2, end - colon - 2);
    at = end + 2;
  }
  const auto length = response.headers.find("content-length");
  if (method != "HEAD" && length != response.headers.end()) {
    response.body = client.receive_exactly(std::stoul(length->second)).value_or("(cut short)");
  }
  return response;
}

Response fetch(std::uint16_t port, std::string_view target, std::string_view headers,
               std::string_view method) {
  TcpClient client(port);
  client.send(request(method, target, headers));
  return read_response(client, method);
}

}  // namespace parley::testing
