// The record of a call: one JSON line per input and output, from a known beginning.
//
//     {"journal":1,"options":{…}}                 the call began here, or
//     {"journal":1,"state":{…}}                   the call had this state here
//     {"at":1200345,"in":{"type":"tick"}}         an input and its time (microseconds)
//     {"out":{"type":"view",…}}                   what followed from it, in order
//
// It keeps the last hours of a call within a bound: the lines stand in segments, each of which
// begins with the call's state, and the oldest segment goes when a new one is needed. So what is
// left always replays.
//
// Thread-safety: none.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

#include "core/base/time.h"

namespace parley {

class Journal {
 public:
  // Together at most 4 MiB: some eight hours of a quiet call between two.
  static constexpr std::size_t segment_bytes = 1024 * 1024;
  static constexpr std::size_t max_segments = 4;

  // `options` is the JSON of the CallOptions.
  explicit Journal(std::string_view options);

  void record_input(std::string_view input, Timestamp now);
  void record_output(std::string_view output);

  // The present segment is full: call begin_segment before the next input.
  bool wants_segment() const { return segments_.back().size() >= segment_bytes; }
  // `state` is the JSON of the whole call.
  void begin_segment(std::string_view state);

  std::string text() const;

 private:
  std::deque<std::string> segments_;
};

}  // namespace parley
