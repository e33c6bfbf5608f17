#include "server/http/too_many_requests.h"

#include <string>

#include "core/base/fields.h"
#include "server/api/answer.h"
#include "server/http/router.h"

namespace parley {

HttpResponse too_many_requests(std::string_view target, const Denial& denial) {
  const std::string sentence =
      "Too much comes from your network (" + std::string(name_of(denial.reason)) + ").";
  HttpResponse response = target.starts_with("/api/")
                              ? error_answer(429, "too-many-requests", sentence)
                              : plain_response(429, sentence + "\n");
  // In whole seconds, rounded up.
  response.headers.emplace_back("Retry-After",
                                std::to_string(denial.retry_after.count_seconds() + 1));
  return response;
}

}  // namespace parley
