#include "server/api/api.h"

#include <algorithm>

#include "server/api/answer.h"
#include "server/api/bearer.h"
#include "server/api/operation.h"
#include "server/runtime/service.h"

namespace parley {
namespace {

constexpr std::string_view version_prefix = "/api/v1";

// What stands in `path` for the parameter of `pattern`, empty where that has none; nothing where
// `path` is another.
std::optional<std::string_view> match(std::string_view pattern, std::string_view path) {
  const auto opening = pattern.find('{');
  if (opening == std::string_view::npos) {
    return path == pattern ? std::optional(std::string_view()) : std::nullopt;
  }
  const auto before = pattern.substr(0, opening);
  const auto after = pattern.substr(pattern.find('}') + 1);
  if (path.size() <= before.size() + after.size() || !path.starts_with(before) ||
      !path.ends_with(after)) {
    return std::nullopt;
  }
  const auto segment = path.substr(before.size(), path.size() - before.size() - after.size());
  return segment.find('/') == std::string_view::npos ? std::optional(segment) : std::nullopt;
}

// RFC 6750 section 3: what to show, and, where something was shown, that it is no good.
HttpResponse refuse_key(Shard& here, AdminKeyRefusal why) {
  ++here.metrics().admin_key_refusals[static_cast<std::size_t>(why)];
  const bool is_missing = why == AdminKeyRefusal::Missing;
  HttpResponse response =
      is_missing ? error_answer(401, name_of(why), "Show the admin key: Authorization: Bearer KEY.")
                 : error_answer(401, name_of(why), "This is not the admin key of the server.");
  response.headers.emplace_back(
      "WWW-Authenticate",
      is_missing ? "Bearer realm=\"parley\"" : "Bearer realm=\"parley\", error=\"invalid_token\"");
  return response;
}

std::optional<HttpResponse> check_key(Shard& here, const AdminKey& key, const ApiRequest& request) {
  const auto shown = request.authorization ? bearer_of(*request.authorization) : std::nullopt;
  if (!shown) return refuse_key(here, AdminKeyRefusal::Missing);
  if (!key.matches(*shown)) return refuse_key(here, AdminKeyRefusal::Wrong);
  return std::nullopt;
}

bool is_json(std::optional<std::string_view> content_type) {
  if (!content_type) return false;
  auto type = content_type->substr(0, content_type->find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
  constexpr std::string_view wanted = "application/json";
  // RFC 9110 section 8.3.1: in either case.
  return std::equal(type.begin(), type.end(), wanted.begin(), wanted.end(),
                    [](char given, char expected) { return (given | 0x20) == (expected | 0x20); });
}

// Of one path.
struct Methods {
  const ApiOperation* asked_for = nullptr;
  const ApiOperation* any = nullptr;  // none: there is no such path
  std::string parameter;
  std::string names;
};

Methods methods_at(std::string_view path, std::string_view method) {
  Methods methods;
  for (const ApiOperation& each : api_operations()) {
    const auto parameter = match(each.path, path);
    if (!parameter) continue;
    methods.any = &each;
    methods.parameter = *parameter;
    methods.names += methods.names.empty() ? "" : ", ";
    methods.names += each.method;
    if (each.method == "GET") methods.names += ", HEAD";
    if (each.method == method || (each.method == "GET" && method == "HEAD")) {
      methods.asked_for = &each;
    }
  }
  return methods;
}

}  // namespace

Task<HttpResponse> answer_api(Shard& here, const ApiRequest& request) {
  const auto& key = here.service().options.admin_key;
  if (!key) {
    co_return error_answer(404, "api-off",
                           "The API is off. The server's option --admin-key-file switches it on.");
  }
  std::string_view path = request.path;
  path.remove_prefix(path.starts_with(version_prefix) ? version_prefix.size() : path.size());
  const Methods methods = methods_at(path, request.method);
  // Before anything else is said: what there is at an address is for those with the key.
  if (methods.any == nullptr || methods.any->access == ApiAccess::WithKey) {
    if (auto refusal = check_key(here, *key, request)) co_return std::move(*refusal);
  }
  if (methods.any == nullptr) {
    co_return error_answer(404, "unknown-path", "The API has nothing at this path.");
  }
  if (methods.asked_for == nullptr) {
    HttpResponse response =
        error_answer(405, "method-not-allowed", "This path does not take that method.");
    response.headers.emplace_back("Allow", methods.names);
    co_return response;
  }
  if (methods.asked_for->body == ApiBody::Json && !is_json(request.content_type)) {
    co_return error_answer(415, "not-json", "Send the body as Content-Type: application/json.");
  }
  const ApiCall call{methods.parameter, request.target, request.body};
  co_return co_await methods.asked_for->answer(here, call);
}

}  // namespace parley
