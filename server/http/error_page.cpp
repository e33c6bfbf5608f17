#include "server/http/error_page.h"

namespace parley {

std::string error_page(std::string_view title, std::string_view sentence) {
  std::string page =
      "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>";
  page.append(title).append(
      " · Parley</title>\n"
      "<style>\n"
      "  body { display: grid; place-content: center; min-height: 90vh; margin: 0 1.5rem;\n"
      "         font: 1.0625rem/1.6 system-ui, sans-serif; text-align: center; }\n"
      "  h1 { margin: 0; font-size: 1.75rem; }\n"
      "  p { max-width: 32rem; margin: 0.75rem auto 1.5rem; }\n"
      "</style>\n<main>\n<h1>");
  page.append(title).append("</h1>\n<p>").append(sentence);
  page.append("</p>\n<a href=\"/\">Start or join a call</a>\n</main>\n</html>\n");
  return page;
}

}  // namespace parley
