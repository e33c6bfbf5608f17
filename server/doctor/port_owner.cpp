#include "server/doctor/port_owner.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <vector>

namespace parley {
namespace {

namespace fs = std::filesystem;

// States of include/net/tcp_states.h: a TCP socket that listens, a UDP socket that is bound.
constexpr const char* listening = "0A";
constexpr const char* bound = "07";

// The inodes of the sockets that a table of /proc/net has on `port` (proc(5)).
void add_inodes(const std::string& table, const std::string& state, std::uint16_t port,
                std::set<std::string>& inodes) {
  std::ifstream file("/proc/net/" + table);
  std::string line;
  std::getline(file, line);  // the heading
  while (std::getline(file, line)) {
    std::istringstream words(line);
    std::vector<std::string> fields;
    for (std::string word; words >> word;) fields.push_back(word);
    if (fields.size() < 10 || fields[3] != state) continue;
    const auto colon = fields[1].rfind(':');
    if (colon == std::string::npos) continue;
    if (std::strtoul(fields[1].c_str() + colon + 1, nullptr, 16) == port) inodes.insert(fields[9]);
  }
}

bool has_one_of(const fs::path& process, const std::set<std::string>& inodes) {
  std::error_code error;
  for (fs::directory_iterator each(process / "fd", error), end; !error && each != end;
       each.increment(error)) {
    std::error_code unreadable;
    const std::string target = fs::read_symlink(each->path(), unreadable).string();
    if (!target.starts_with("socket:[") || !target.ends_with("]")) continue;
    if (inodes.contains(target.substr(8, target.size() - 9))) return true;
  }
  return false;
}

}  // namespace

std::optional<std::string> owner_of_port(PortKind kind, std::uint16_t port) {
  std::set<std::string> inodes;
  const std::string table = kind == PortKind::Tcp ? "tcp" : "udp";
  const std::string state = kind == PortKind::Tcp ? listening : bound;
  add_inodes(table, state, port, inodes);
  add_inodes(table + "6", state, port, inodes);
  if (inodes.empty()) return std::nullopt;
  std::error_code error;
  for (fs::directory_iterator each("/proc", error), end; !error && each != end;
       each.increment(error)) {
    const std::string number = each->path().filename().string();
    if (number.find_first_not_of("0123456789") != std::string::npos) continue;
    if (!has_one_of(each->path(), inodes)) continue;
    std::ifstream file(each->path() / "comm");
    std::string name;
    if (std::getline(file, name)) return name.append(" (process ").append(number).append(")");
  }
  return std::nullopt;
}

}  // namespace parley
