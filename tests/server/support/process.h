// A program beside the test, with what it prints.
#pragma once

#include <string>
#include <vector>

namespace parley::testing {

class Process {
 public:
  // Starts `command` (found in PATH) with standard output and error kept together.
  explicit Process(std::vector<std::string> command);
  // Ends it.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // Waits for its end, all of its output read. The exit status; minus the signal that ended it.
  int wait();
  const std::string& output() const { return output_; }

 private:
  int id_ = -1;
  int pipe_ = -1;
  std::string output_;
};

// Whether there is such a program.
bool has_program(const std::string& name);

}  // namespace parley::testing
