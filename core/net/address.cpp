#include "core/net/address.h"

#include <charconv>

namespace parley {
namespace {

struct Ipv4Block {
  std::uint32_t prefix;
  unsigned length;  // bits
  AddressScope scope;
};

constexpr std::uint32_t quad(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return a << 24 | b << 16 | c << 8 | d;
}

// The registry of RFC 6890 without what is for documentation only: nobody is harmed there.
constexpr Ipv4Block ipv4_blocks[] = {
    {quad(0, 0, 0, 0), 8, AddressScope::Unspecified},
    {quad(127, 0, 0, 0), 8, AddressScope::Loopback},
    {quad(10, 0, 0, 0), 8, AddressScope::Private},
    {quad(172, 16, 0, 0), 12, AddressScope::Private},
    {quad(192, 168, 0, 0), 16, AddressScope::Private},
    {quad(100, 64, 0, 0), 10, AddressScope::Private},  // RFC 6598: between a carrier and its NAT
    {quad(198, 18, 0, 0), 15, AddressScope::Private},  // RFC 2544: benchmarks
    {quad(169, 254, 0, 0), 16, AddressScope::LinkLocal},
    {quad(224, 0, 0, 0), 4, AddressScope::Multicast},
    {quad(240, 0, 0, 0), 4, AddressScope::Reserved},
    {quad(192, 0, 0, 0), 24, AddressScope::Reserved},
};

AddressScope scope_of_ipv4(std::uint32_t bits) {
  for (const auto& block : ipv4_blocks) {
    if (bits >> (32 - block.length) == block.prefix >> (32 - block.length)) return block.scope;
  }
  return AddressScope::Global;
}

// The IPv4 address that packets to an IPv6 address are carried to, if there is one.
std::optional<std::uint32_t> embedded_ipv4(const IpAddress& address) {
  const std::uint64_t high = address.high();
  const std::uint64_t low = address.low();
  const auto last = static_cast<std::uint32_t>(low);
  if (address.family() == AddressFamily::Ipv4) return last;
  // RFC 4291 section 2.5.5.1, IPv4-compatible; :: and ::1 are none.
  if (high == 0 && low >> 32 == 0 && low > 1) return last;
  // RFC 2765, IPv4-translated.
  if (high == 0 && low >> 32 == 0xffff0000) return last;
  // RFC 3056, 6to4.
  if (high >> 48 == 0x2002) return static_cast<std::uint32_t>(high >> 16);
  // RFC 4380 section 4, Teredo: the client's address, inverted.
  if (high >> 32 == 0x20010000) return ~last;
  // RFC 6052, NAT64.
  if (high == 0x0064ff9b00000000 && low >> 32 == 0) return last;
  return std::nullopt;
}

AddressScope scope_of_ipv6(std::uint64_t high, std::uint64_t low) {
  if (high == 0 && low == 0) return AddressScope::Unspecified;
  if (high == 0 && low == 1) return AddressScope::Loopback;
  if (high >> 56 == 0xff) return AddressScope::Multicast;
  if (high >> 54 == 0xfe80 >> 6) return AddressScope::LinkLocal;
  if (high >> 54 == 0xfec0 >> 6) return AddressScope::Private;  // RFC 3879: site-local
  if (high >> 57 == 0xfc >> 1) return AddressScope::Private;    // RFC 4193: unique local
  // RFC 8215: translated as its network pleases.
  if (high >> 16 == 0x0064ff9b0001) return AddressScope::Private;
  if (high == 0x0100000000000000) return AddressScope::Reserved;  // RFC 6666
  return AddressScope::Global;
}

std::optional<std::uint32_t> parse_ipv4(std::string_view text) {
  std::uint32_t bits = 0;
  for (int part = 0; part < 4; ++part) {
    if (part > 0) {
      if (!text.starts_with('.')) return std::nullopt;
      text.remove_prefix(1);
    }
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const auto digits = static_cast<std::size_t>(end - text.data());
    const bool has_leading_zero = digits > 1 && text.front() == '0';  // octal to some readers
    if (error != std::errc() || value > 255 || digits > 3 || has_leading_zero) return std::nullopt;
    bits = bits << 8 | value;
    text.remove_prefix(digits);
  }
  return text.empty() ? std::optional(bits) : std::nullopt;
}

// Groups of an IPv6 address on one side of "::", or all of them.
struct Groups {
  std::array<std::uint16_t, 8> values{};
  std::size_t count = 0;
};

std::optional<Groups> parse_groups(std::string_view text) {
  Groups groups;
  while (!text.empty()) {
    const auto end = text.find(':');
    const auto part = text.substr(0, end);
    if (end == std::string_view::npos && part.find('.') != std::string_view::npos) {
      const auto bits = parse_ipv4(part);
      if (!bits || groups.count > 6) return std::nullopt;
      groups.values[groups.count++] = static_cast<std::uint16_t>(*bits >> 16);
      groups.values[groups.count++] = static_cast<std::uint16_t>(*bits);
      return groups;
    }
    std::uint16_t value = 0;
    const auto [stop, error] = std::from_chars(part.data(), part.data() + part.size(), value, 16);
    if (error != std::errc() || stop != part.data() + part.size() || part.size() > 4 ||
        groups.count == groups.values.size()) {
      return std::nullopt;
    }
    groups.values[groups.count++] = value;
    if (end == std::string_view::npos) return groups;
    text.remove_prefix(end + 1);
    if (text.empty()) return std::nullopt;  // a colon at the end
  }
  return groups;
}

std::optional<IpAddress> parse_ipv6(std::string_view text) {
  const auto gap = text.find("::");
  const auto front = parse_groups(text.substr(0, gap));
  Groups back;
  if (gap != std::string_view::npos) {
    if (text.substr(0, gap).find('.') != std::string_view::npos) return std::nullopt;
    const auto parsed = parse_groups(text.substr(gap + 2));
    if (!parsed) return std::nullopt;
    back = *parsed;
  }
  const std::size_t shown = front ? front->count + back.count : 0;
  if (!front || (gap == std::string_view::npos ? shown != 8 : shown > 7)) return std::nullopt;
  std::array<std::uint16_t, 8> groups = front->values;
  for (std::size_t at = 0; at < back.count; ++at) {
    groups[groups.size() - back.count + at] = back.values[at];
  }
  std::array<std::uint64_t, 2> halves{};
  for (std::size_t at = 0; at < groups.size(); ++at) {
    halves[at / 4] = halves[at / 4] << 16 | groups[at];
  }
  return IpAddress::ipv6(halves[0], halves[1]);
}

void append_number(std::string& text, unsigned value, int base) {
  std::array<char, 8> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, base).ptr;
  text.append(digits.data(), end);
}

std::string ipv4_to_string(std::uint32_t bits) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) {
    if (shift < 24) text += '.';
    append_number(text, bits >> shift & 0xff, 10);
  }
  return text;
}

}  // namespace

std::optional<IpAddress> IpAddress::from_bytes(Bytes bytes) {
  if (bytes.size() == ipv4_bytes) return ipv4(load32(bytes.data()));
  if (bytes.size() == ipv6_bytes) return ipv6(load64(bytes.data()), load64(bytes.data() + 8));
  return std::nullopt;
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  if (text.find(':') != std::string_view::npos) return parse_ipv6(text);
  const auto bits = parse_ipv4(text);
  return bits ? std::optional(ipv4(*bits)) : std::nullopt;
}

AddressScope scope_of(const IpAddress& address) {
  if (const auto ipv4 = embedded_ipv4(address)) return scope_of_ipv4(*ipv4);
  return scope_of_ipv6(address.high(), address.low());
}

std::string to_string(const IpAddress& address) {
  if (address.family() == AddressFamily::Ipv4) return ipv4_to_string(address.ipv4_bits());
  std::array<std::uint16_t, 8> groups{};
  for (unsigned at = 0; at < 8; ++at) {
    const std::uint64_t half = at < 4 ? address.high() : address.low();
    groups[at] = static_cast<std::uint16_t>(half >> (48 - 16 * (at % 4)));
  }
  // RFC 5952 section 4.2: the longest row of zero groups, the first of equals, but no single one.
  std::size_t gap = groups.size();
  std::size_t gap_length = 1;
  for (std::size_t begin = 0; begin < groups.size(); ++begin) {
    std::size_t end = begin;
    while (end < groups.size() && groups[end] == 0) ++end;
    if (end - begin > gap_length) {
      gap = begin;
      gap_length = end - begin;
    }
  }
  std::string text;
  for (std::size_t at = 0; at < groups.size();) {
    if (at == gap) {
      text += "::";
      at += gap_length;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    append_number(text, groups[at++], 16);
  }
  return text;
}

std::optional<TransportAddress> TransportAddress::parse(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  auto host = text.substr(0, colon);
  const auto digits = text.substr(colon + 1);
  const bool has_brackets = host.starts_with('[') && host.ends_with(']') && host.size() > 2;
  if (has_brackets) host = host.substr(1, host.size() - 2);
  if (has_brackets != (host.find(':') != std::string_view::npos)) return std::nullopt;
  const auto ip = IpAddress::parse(host);
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (!ip || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return TransportAddress{*ip, port};
}

std::string to_string(const TransportAddress& address) {
  const std::string ip = to_string(address.ip);
  const std::string port = std::to_string(address.port);
  if (address.ip.family() == AddressFamily::Ipv4) return ip + ":" + port;
  return "[" + ip + "]:" + port;
}

}  // namespace parley
