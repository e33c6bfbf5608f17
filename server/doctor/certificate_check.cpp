#include <ctime>

#include "server/doctor/checks.h"
#include "server/net/certificate.h"

namespace parley {
namespace {

// Let's Encrypt's are renewed when they have a third of their 90 days left.
constexpr auto soon = std::chrono::days(14);

std::string date(WallClock::time_point time) {
  const std::time_t seconds = WallClock::to_time_t(time);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 16> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts);
  return text.data();
}

std::string list(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "nothing" : text;
}

Finding about_certificate(Grade verdict, std::string text, std::string remedy = {}) {
  return {verdict, "certificate", std::move(text), std::move(remedy)};
}

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

Finding without_tls(const ServerOptions& options) {
  if (is_loopback(options.host)) {
    return about_certificate(
        Grade::Note, "There is none. Browsers give a camera to https and to localhost only.",
        "Put a proxy with a certificate in front, or give --tls-cert and --tls-key.");
  }
  return about_certificate(
      Grade::Problem,
      "There is none, and the server listens on " + options.host +
          ": browsers elsewhere will give no camera.",
      "Give --tls-cert and --tls-key (certbot makes both), or --tls-self-signed at home.");
}

}  // namespace

Findings check_certificate(const ServerOptions& options, WallClock::time_point now) {
  const TlsOptions& tls = options.tls;
  if (!tls.is_on()) return {without_tls(options)};
  if (tls.self_signed) {
    return {about_certificate(Grade::Note,
                              "The server makes its own; each browser asks before it trusts it.",
                              "For people elsewhere give --tls-cert and --tls-key.")};
  }
  const auto certificate = load_certificate(tls.certificate, tls.key);
  if (!certificate) {
    return {about_certificate(
        Grade::Problem, certificate.error(),
        "Give the certificate's chain as --tls-cert and its own key as --tls-key, both "
        "readable for the user that the server runs as.")};
  }
  const std::string validity = "for " + list(certificate->names()) + ", valid from " +
                               date(certificate->not_before()) + " to " +
                               date(certificate->not_after());
  if (certificate->not_after() <= now) {
    return {about_certificate(Grade::Problem, "It has expired: " + validity + ".",
                              "Renew it (certbot renew); the server reads it again by itself.")};
  }
  if (now < certificate->not_before()) {
    return {about_certificate(Grade::Problem, "It is not valid yet: " + validity + ".",
                              "Set this machine's clock, which says " + date(now) + ".")};
  }
  if (certificate->is_self_signed()) {
    return {about_certificate(Grade::Note,
                              "It vouches for itself (" + validity + "): browsers ask first.",
                              "Get one from an authority, such as Let's Encrypt.")};
  }
  if (certificate->not_after() - now < soon) {
    return {about_certificate(Grade::Note, "It expires soon: " + validity + ".",
                              "Look whether its renewal works (certbot renew --dry-run).")};
  }
  return {about_certificate(Grade::Good, "It and its key fit: " + validity + ".")};
}

}  // namespace parley
