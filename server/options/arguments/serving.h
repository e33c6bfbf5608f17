// The options about where and what the server serves, TLS among them.
#pragma once

#include "server/server_options.h"

namespace CLI {
class App;
}

namespace parley {

// `options` must live until the options of `app` are read.
void declare_serving(CLI::App& app, ServerOptions& options);

}  // namespace parley
