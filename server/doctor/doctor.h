// `parley doctor`: looks at the machine as the server would, and says in plain words what is wrong
// and what to change.
#pragma once

#include <string>
#include <vector>

#include "server/doctor/finding.h"

namespace parley {

struct Diagnosis {
  std::string text;
  int exit_status = 0;  // 1: there is a problem
};

// `arguments`: those that the server would be started with. Thread-safety: as parse_command_line().
Diagnosis diagnose(std::vector<std::string> arguments);

// As people read it.
Diagnosis report(const Findings& findings);

}  // namespace parley
