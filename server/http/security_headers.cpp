#include "server/http/security_headers.h"

namespace parley {
namespace {

// Content Security Policy Level 3. 'wasm-unsafe-eval' allows compiling WASM and nothing else that
// evaluates. Styles are inline because components bring their own. blob: is for pictures and
// recordings made in the page, ws: and wss: because older browsers do not count them as 'self' and
// a widget may talk to another Parley server.
constexpr std::string_view policy_but_frames =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob: mediastream:; "
    "connect-src 'self' ws: wss:; base-uri 'none'; object-src 'none'; form-action 'self'; "
    "frame-ancestors ";

// What a call needs, for our own pages only; and no to what it never needs.
constexpr std::string_view permissions =
    "camera=(self), microphone=(self), display-capture=(self), speaker-selection=(self), "
    "picture-in-picture=(self), fullscreen=(self), autoplay=(self), screen-wake-lock=(self), "
    "geolocation=(), payment=(), usb=()";

void add(HttpResponse& response, std::string_view name, std::string_view value) {
  response.headers.emplace_back(name, value);
}

}  // namespace

void add_security_headers(HttpResponse& response, Exposure exposure, std::string_view embedders) {
  const bool is_asset = exposure == Exposure::Asset;
  add(response, "X-Content-Type-Options", "nosniff");
  // The address of a call's page names its room, which is all one needs to walk in.
  add(response, "Referrer-Policy", "no-referrer");
  add(response, "Cross-Origin-Resource-Policy", is_asset ? "cross-origin" : "same-origin");
  if (is_asset) add(response, "Access-Control-Allow-Origin", "*");
  // An SVG that is opened by itself is a page too, so assets carry the policy as well.
  std::string policy(policy_but_frames);
  policy += exposure == Exposure::Embeddable ? embedders : "'self'";
  add(response, "Content-Security-Policy", policy);
  if (!is_asset) add(response, "Permissions-Policy", permissions);
}

}  // namespace parley
