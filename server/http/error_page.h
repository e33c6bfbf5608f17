// The page a person sees when there is nothing at an address. Built in, because it must also work
// when the web folder's own files are the problem.
#pragma once

#include <string>
#include <string_view>

namespace parley {

// HTML with `title` and `sentence`; both are the server's own words and are not escaped.
std::string error_page(std::string_view title, std::string_view sentence);

}  // namespace parley
