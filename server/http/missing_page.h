// The page a person sees when there is nothing at an address and the web folder has no page for
// that either (404.html). Built in, because it must work when that folder is the problem.
#pragma once

#include <string>

namespace parley {

std::string missing_page();

}  // namespace parley
