// Whom the server tells what happens in its rooms.
//
// Thread-safety: any thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "server/webhooks/webhook_options.h"

namespace parley {

// As they are written.
struct WebhookArguments {
  std::string url;
  std::filesystem::path secret_file;
};

// Nothing where no URL is given. The error is a sentence.
Result<std::optional<WebhookOptions>, std::string> read_webhook(const WebhookArguments& arguments);

}  // namespace parley
