#include "server/http/missing_page.h"

namespace parley {

std::string missing_page() {
  return "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n<title>Nothing here – "
         "Parley</title>\n"
         "<main>\n<h1>There is nothing at this address</h1>\n"
         "<p>A room’s name has up to 64 letters, digits, hyphens and underscores.</p>\n"
         "<a href=\"/\">Start or join a call</a>\n</main>\n</html>\n";
}

}  // namespace parley
