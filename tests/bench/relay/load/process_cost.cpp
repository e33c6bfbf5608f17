#include "load/process_cost.h"

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace bench {
namespace {

std::string folder_of(pid_t process) { return "/proc/" + std::to_string(process); }

}  // namespace

std::int64_t processor_time_ns(pid_t process) {
  // schedstat counts nanoseconds, where stat counts ticks of 10 ms.
  std::int64_t sum = 0;
  for (const auto& thread : std::filesystem::directory_iterator(folder_of(process) + "/task")) {
    std::ifstream file(thread.path() / "schedstat");
    std::int64_t running = 0;
    if (!(file >> running)) throw std::runtime_error("this kernel has no schedstat");
    sum += running;
  }
  return sum;
}

std::int64_t resident_kib(pid_t process) {
  std::ifstream file(folder_of(process) + "/status");
  for (std::string word; file >> word;) {
    std::int64_t kib = 0;
    if (word == "VmRSS:" && file >> kib) return kib;
  }
  throw std::runtime_error("no resident memory of process " + std::to_string(process));
}

}  // namespace bench
