// The secret shared with the TURN servers, in a file of its own: on a command line everybody on the
// machine could read it.
//
// Thread-safety: any thread.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "server/server_options.h"

namespace parley {

// The one line of the file, without its end. The error is a sentence.
Result<TurnSecret, std::string> read_turn_secret(const std::filesystem::path& path);

}  // namespace parley
