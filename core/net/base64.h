// Base64 as of RFC 4648 section 4, for digests.
#pragma once

#include <string>

#include "core/net/bytes.h"

namespace parley {

std::string to_base64(Bytes bytes);

}  // namespace parley
