#include "server/api/answer.h"

#include <memory>
#include <utility>

#include "core/base/json_writer.h"
#include "server/http/security_headers.h"

namespace parley {
namespace {

HttpResponse bare_answer(unsigned status) {
  HttpResponse response{status, {}, nullptr};
  // Tokens and people's names are nobody's to keep on the way.
  response.headers.emplace_back("Cache-Control", "no-store");
  add_security_headers(response, Exposure::Page);
  return response;
}

}  // namespace

HttpResponse json_answer(unsigned status, std::string json) {
  HttpResponse response = bare_answer(status);
  response.headers.emplace_back("Content-Type", "application/json");
  response.body = std::make_shared<const std::string>(std::move(json));
  return response;
}

HttpResponse empty_answer() { return bare_answer(204); }

HttpResponse error_answer(unsigned status, std::string_view code, std::string_view message) {
  JsonWriter json;
  json.begin_object();
  json.key("error");
  json.begin_object();
  json.key("code");
  json.string(code);
  json.key("message");
  json.string(message);
  json.end_object();
  json.end_object();
  return json_answer(status, json.take());
}

}  // namespace parley
