#include "server/http/mime_types.h"

#include <algorithm>
#include <array>

namespace parley {
namespace {

struct MimeType {
  std::string_view ending;
  std::string_view type;
};

// application/wasm is what lets a browser compile while it loads (WebAssembly Web API, section 3);
// text/javascript is the one registered type of scripts and modules (RFC 9239).
constexpr std::array<MimeType, 22> types{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".gif", "image/gif"},
    {".webp", "image/webp"},
    {".avif", "image/avif"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".xml", "application/xml"},
    {".mp3", "audio/mpeg"},
    {".ogg", "audio/ogg"},
    {".wav", "audio/wav"},
}};

}  // namespace

std::string_view mime_type_of(std::string_view file_name) {
  const auto found = std::ranges::find_if(
      types, [&](const MimeType& candidate) { return file_name.ends_with(candidate.ending); });
  return found == types.end() ? "application/octet-stream" : found->type;
}

}  // namespace parley
