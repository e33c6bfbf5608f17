// The options about the log.
#pragma once

#include "server/logging/log_options.h"

namespace CLI {
class App;
}

namespace parley {

// `options` must live until the options of `app` are read.
void declare_logging(CLI::App& app, LogOptions& options);

}  // namespace parley
