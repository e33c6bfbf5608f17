#include "server/http/content_negotiation.h"

#include <algorithm>
#include <cctype>

#include "core/base/fields.h"

namespace parley {
namespace {

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Cuts the next element off a comma- or semicolon-separated list.
std::string_view next_element(std::string_view& list, char separator) {
  const std::string_view element = list.substr(0, list.find(separator));
  list.remove_prefix(std::min(element.size() + 1, list.size()));
  return trim(element);
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

// A weight in thousandths (RFC 9110 section 12.4.2: at most three decimals, at most 1).
std::optional<int> parse_weight(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  int thousandths = (text[0] - '0') * 1000;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int unit = 100;
  for (std::size_t at = 2; at < text.size(); ++at, unit /= 10) {
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
    thousandths += (text[at] - '0') * unit;
  }
  if (thousandths > 1000) return std::nullopt;
  return thousandths;
}

// The weight that `accept_encoding` gives to `coding`, by name or by "*"; nothing when it gives
// none.
std::optional<int> weight_of(std::string_view coding, std::string_view accept_encoding) {
  std::optional<int> by_wildcard;
  while (!accept_encoding.empty()) {
    std::string_view element = next_element(accept_encoding, ',');
    const std::string_view name = next_element(element, ';');
    int weight = 1000;
    while (!element.empty()) {
      const std::string_view parameter = next_element(element, ';');
      if (parameter.starts_with("q=") || parameter.starts_with("Q=")) {
        // What cannot be understood is not wanted.
        weight = parse_weight(parameter.substr(2)).value_or(0);
      }
    }
    if (equals_ignoring_case(name, coding)) return weight;
    if (coding == "gzip" && equals_ignoring_case(name, "x-gzip")) return weight;
    if (name == "*") by_wildcard = weight;
  }
  return by_wildcard;
}

}  // namespace

std::optional<ContentCoding> choose_coding(std::optional<std::string_view> accept_encoding,
                                           std::span<const ContentCoding> available) {
  std::optional<ContentCoding> best;
  int best_weight = 0;
  for (const ContentCoding coding : available) {
    // The identity is acceptable unless it is refused, but no client means it when it names others.
    const int unnamed = coding == ContentCoding::Identity ? 1 : 0;
    const int weight =
        accept_encoding ? weight_of(name_of(coding), *accept_encoding).value_or(unnamed) : unnamed;
    const bool better = weight > best_weight || (weight == best_weight && best && coding < *best);
    if (weight == 0 || !better) continue;
    best = coding;
    best_weight = weight;
  }
  return best;
}

bool matches_etag(std::string_view if_none_match, std::string_view etag) {
  while (!if_none_match.empty()) {
    std::string_view candidate = next_element(if_none_match, ',');
    if (candidate == "*") return true;
    if (candidate.starts_with("W/")) candidate.remove_prefix(2);
    if (candidate == etag) return true;
  }
  return false;
}

}  // namespace parley
