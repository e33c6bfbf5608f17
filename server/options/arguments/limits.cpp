#include "server/options/arguments/limits.h"

#include "server/options/arguments/declare.h"
#include "server/options/network_list.h"
#include "server/options/rate_option.h"

namespace parley {
namespace {

void declare_rate(CLI::App& app, const std::string& name, Rate& rate, const std::string& help) {
  app.add_option_function<std::string>(
         "--" + name, [&rate](const std::string& text) { rate = *parse_rate(text); }, help)
      ->envname(environment_name(name))
      ->default_str(to_string(rate))
      ->check([](const std::string& text) {
        if (parse_rate(text)) return std::string();
        return "\"" + text + "\" is not a rate such as 20:1000 (20 a second, 1000 at once) or off";
      });
}

}  // namespace

void LimitArguments::declare(CLI::App& app, Policy& policy) {
  AddressLimits& address = policy.address;
  const CLI::Range most(0U, 10'000'000U);
  parley::declare(app, "address-connections", address.most(Held::Connections),
                  "most TCP connections of an address (IPv6: of a /64) at a time; 0: no limit")
      ->check(most);
  parley::declare(app, "address-websockets", address.most(Held::Websockets),
                  "most WebSockets of an address at a time; 0: no limit")
      ->check(most);
  declare_rate(app, "address-connection-rate", address.rate(Flow::Connections),
               "new TCP connections of an address, PER_SECOND:AT_ONCE or off");
  declare_rate(app, "address-websocket-rate", address.rate(Flow::Websockets),
               "new WebSockets of an address, likewise");
  declare_rate(app, "address-request-rate", address.rate(Flow::Requests),
               "HTTP requests from an address, likewise");
  declare_rate(app, "address-join-rate", address.rate(Flow::Joins),
               "joins from an address, likewise");
  declare_rate(app, "address-room-rate", address.rate(Flow::Rooms),
               "rooms that an address makes, likewise");
  declare_rate(app, "address-message-rate", address.rate(Flow::Messages),
               "messages from an address, likewise");
  declare_rate(app, "address-byte-rate", address.rate(Flow::Bytes),
               "bytes of messages from an address, likewise");
  declare_rate(app, "websocket-message-rate", policy.websocket.messages,
               "messages from a WebSocket, likewise");
  declare_rate(app, "websocket-byte-rate", policy.websocket.bytes,
               "bytes of messages from a WebSocket, likewise");
  declare_rate(app, "websocket-join-rate", policy.websocket.joins,
               "joins from a WebSocket, likewise");
  parley::declare(app, "unlimited-address", unlimited_,
                  "network whose addresses have no limits of their own, such as a proxy's; may be\n"
                  "given several times")
      ->check(check_network)
      ->delimiter(',')
      ->expected(1, 64);
}

void LimitArguments::apply_to(Policy& policy) const { policy.unlimited = networks(unlimited_); }

}  // namespace parley
