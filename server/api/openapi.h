// The description of the API for programs (OpenAPI 3.1): openapi.json, which is part of the
// program.
#pragma once

#include <string_view>

namespace parley {

std::string_view openapi();

}  // namespace parley
