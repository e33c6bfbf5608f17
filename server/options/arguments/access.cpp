#include "server/options/arguments/access.h"

#include "server/http/origin.h"
#include "server/options/arguments/declare.h"
#include "server/options/network_list.h"

namespace parley {
namespace {

std::string check_origin(const std::string& text) {
  if (is_origin_pattern(text)) return {};
  return "\"" + text +
         "\" is not an origin such as https://shop.example, https://*.shop.example, "
         "self (the server's own pages) or * (all)";
}

}  // namespace

void AccessArguments::declare(CLI::App& app) {
  parley::declare(
      app, "allow-origin", origins_,
      "site whose pages may connect (https://shop.example), beside the server's own, which always\n"
      "may; self: no other, *: all; may be given several times")
      ->check(check_origin)
      ->delimiter(',')
      ->expected(1, 64);
  parley::declare(app, "allow-embed", embedders_, "site that may put /embed into a frame, likewise")
      ->check(check_origin)
      ->delimiter(',')
      ->expected(1, 64);
  parley::declare(
      app, "trusted-proxy", trusted_proxies_,
      "network of proxies whose X-Forwarded-For names the client; may be given several times")
      ->check(check_network)
      ->delimiter(',')
      ->expected(1, 64);
}

void AccessArguments::apply_to(Policy& policy) const {
  policy.origins = origins_;
  policy.frame_ancestors = frame_ancestors(embedders_);
  policy.trusted_proxies = networks(trusted_proxies_);
}

}  // namespace parley
