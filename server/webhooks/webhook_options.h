// Whom the server tells what happens in its rooms.
#pragma once

#include <string>

#include "server/webhooks/webhook_url.h"

namespace parley {

struct WebhookOptions {
  WebhookUrl url;
  std::string secret;  // of the signatures

  bool operator==(const WebhookOptions&) const = default;
};

}  // namespace parley
