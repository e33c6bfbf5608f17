#include "server/api/description.h"

#include "server/api/answer.h"
#include "server/api/openapi.h"

namespace parley {

Task<HttpResponse> describe_api(Shard&, const ApiCall&) {
  co_return json_answer(200, std::string(openapi()));
}

}  // namespace parley
