// What a process on this machine uses, read from /proc.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace bench {

// Processor time of all its threads since they started, in nanoseconds. Threads that have ended do
// not count. Throws std::runtime_error when there is no such process.
std::int64_t processor_time_ns(pid_t process);

// Resident memory in KiB.
std::int64_t resident_kib(pid_t process);

}  // namespace bench
