#include "server/options/arguments/serving.h"

#include <algorithm>

#include "core/signaling/types.h"
#include "server/options/arguments/declare.h"
#include "server/options/ice_url.h"

namespace parley {
namespace {

std::string check_stun_url(const std::string& url) {
  if (is_stun_url(url)) return {};
  return "\"" + url + "\" is not a STUN address such as stun:stun.example.org:3478";
}

std::string check_server_url(const std::string& url) {
  const std::string_view rest(
      url.begin() + static_cast<std::ptrdiff_t>(std::min(url.size(), url.find("://") + 3)),
      url.end());
  const bool has_scheme = url.starts_with("http://") || url.starts_with("https://");
  const bool has_host = !rest.empty() && rest.front() != '/' && rest.front() != ':';
  const bool is_plain = rest.find_first_of("?# ") == std::string_view::npos;
  if (has_scheme && has_host && is_plain && Url::accepts(url)) return {};
  return "\"" + url + "\" is not a server's address such as https://b.example.org";
}

std::string check_host(const std::string& host) {
  if (host == "localhost" || CLI::ValidIPV4(host).empty()) return {};
  // CLI11 knows no IPv6; whether it is an address of this machine shows when it is bound.
  const bool may_be_ipv6 = host.find(':') != std::string::npos &&
                           host.find_first_not_of("0123456789abcdefABCDEF:.") == std::string::npos;
  return may_be_ipv6 ? "" : "\"" + host + "\" is not an IP address";
}

void declare_tls(CLI::App& app, TlsOptions& tls) {
  auto* const certificate = declare(
      app, "tls-cert", tls.certificate,
      "file with the certificate for https and its chain (PEM); read again when it changes");
  auto* const key =
      declare(app, "tls-key", tls.key, "file with the certificate's private key (PEM)");
  certificate->needs(key);
  key->needs(certificate);
  declare_switch(app, "tls-self-signed", tls.self_signed,
                 "https with a certificate that the server makes itself, kept in --state-dir")
      ->excludes(certificate)
      ->excludes(key);
}

}  // namespace

void declare_serving(CLI::App& app, ServerOptions& options) {
  declare(app, "host", options.host, "address to listen on")->check(check_host);
  declare(app, "port", options.port, "TCP port; 0 takes any free one")->check(CLI::Range(0, 65535));
  declare_tls(app, options.tls);
  declare(app, "web-root", options.web_root, "folder with the built web pages");
  declare(app, "state-dir", options.state_dir, "folder for what outlives a restart; none if empty");
  declare(app, "threads", options.threads, "threads that serve; by default one per core")
      ->check(CLI::Range(1, 256));
  declare(app, "room-participants", options.room_participants, "most participants of a room")
      ->check(CLI::Range(std::size_t{1}, limits::participants));
  declare(app, "max-connections", options.max_connections, "most open WebSockets")
      ->check(CLI::Range(1, 1'000'000));
  declare(app, "stun-server", options.stun_servers,
          "STUN server for the browsers, stun:HOST:PORT; may be given several times")
      ->check(check_stun_url)
      ->delimiter(',')
      ->expected(1, static_cast<int>(limits::ice_server_urls));
  declare(
      app, "drain-to", options.drain_to,
      "address of the server that takes over when this one is stopped, https://HOST; by default "
      "clients come back here")
      ->check(check_server_url);
}

}  // namespace parley
