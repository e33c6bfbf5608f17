// The media type of a file, by its name.
#pragma once

#include <string_view>

namespace parley {

// "application/octet-stream" for a name whose ending is not known; with nosniff a browser then
// offers it for download and runs nothing.
std::string_view mime_type_of(std::string_view file_name);

}  // namespace parley
