#include "server/api/tokens.h"

#include <chrono>

#include "core/base/json_writer.h"
#include "server/api/answer.h"
#include "server/api/token_order.h"
#include "server/api/utc.h"
#include "server/runtime/service.h"

namespace parley {
namespace {

// RFC 9110 section 15.5.10: whoever runs the server can change that.
HttpResponse no_token_secret() {
  return error_answer(409, "no-token-secret",
                      "The server has no secret to sign tokens with. Start it with --auth token "
                      "and --token-secret-file.");
}

}  // namespace

Task<HttpResponse> issue_token_for(Shard& here, const ApiCall& call) {
  const auto& key = here.service().options.token_key;
  if (!key) co_return no_token_secret();
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto token = read_token_order(call.body, now);
  if (!token) co_return token.error();
  const auto text = issue_token(*key, *token);
  if (!text) co_return no_token_secret();
  JsonWriter json;
  json.begin_object();
  json.key("token");
  json.string(*text);
  json.key("expiresAt");
  json.string(utc_text(token->expires));
  json.end_object();
  co_return json_answer(200, json.take());
}

}  // namespace parley
