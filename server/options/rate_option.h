// Rates as an operator writes them.
//
// Thread-safety: any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/token_bucket.h"

namespace parley {

// "20:1000" is 20 a second and 1000 at once; "20" is as many at once as in a second; "off" is no
// cap. Not zero: who wants nothing at all should say so elsewhere.
std::optional<Rate> parse_rate(std::string_view text);

std::string to_string(Rate rate);

}  // namespace parley
