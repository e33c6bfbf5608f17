// The lines of a story under way. Sentences of one turn come to stand on one line.
//
// Thread-safety: none.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"

namespace parley::story {

class Story {
 public:
  // What is told from now on happened at `at`. The first turn is the zero of all times.
  void begin_turn(Timestamp at);
  void tell(std::string_view sentence);
  // Nothing was told of the present turn so far.
  bool is_silent() const { return sentences_.empty(); }

  // Ends the story.
  std::vector<std::string> take_lines();

 private:
  struct Line {
    Duration at;
    std::string text;
    std::size_t times = 1;  // in a row
  };

  void end_turn();

  std::optional<Timestamp> zero_;
  Duration now_;
  std::string sentences_;  // of the present turn
  std::vector<Line> lines_;
};

}  // namespace parley::story
