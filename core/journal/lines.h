// The lines of a journal's text (journal.h), read one by one.
//
// Thread-safety: distinct calls are independent.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/time.h"
#include "core/call/call.h"

namespace parley {

namespace journal_line {
struct Beginning {
  CallOptions options;
};
struct Snapshot {
  std::string_view raw;  // the JSON of the state
  Call call;
};
struct In {
  Timestamp at;
  Input input;
};
struct Out {
  std::string_view raw;  // the JSON of the output
};
struct Unreadable {
  std::string_view raw;  // the whole line
  std::string reason;
};
}  // namespace journal_line
using JournalLine = std::variant<journal_line::Beginning, journal_line::Snapshot, journal_line::In,
                                 journal_line::Out, journal_line::Unreadable>;

// What one line says; its views are valid as long as `line`.
JournalLine read_journal_line(std::string_view line);

// Calls `visit(number, line)` for each line that is not empty, in order, while it returns true;
// numbers count from 1. The views in a line are valid as long as `journal`.
template <class Visitor>
void for_each_journal_line(std::string_view journal, Visitor&& visit) {
  for (std::size_t number = 1; !journal.empty(); ++number) {
    const auto line = journal.substr(0, journal.find('\n'));
    journal.remove_prefix(line.size() < journal.size() ? line.size() + 1 : line.size());
    if (!line.empty() && !visit(number, read_journal_line(line))) return;
  }
}

}  // namespace parley
