#include "core/journal/journal.h"

#include "core/base/json_codec.h"

namespace parley {

Journal::Journal(std::string_view options) {
  segments_.emplace_back("{\"journal\":1,\"options\":").append(options).append("}\n");
}

void Journal::record_input(std::string_view input, Timestamp now) {
  segments_.back()
      .append("{\"at\":")
      .append(to_json(now))
      .append(",\"in\":")
      .append(input)
      .append("}\n");
}

void Journal::record_output(std::string_view output) {
  segments_.back().append("{\"out\":").append(output).append("}\n");
}

void Journal::begin_segment(std::string_view state) {
  if (segments_.size() == max_segments) segments_.pop_front();
  segments_.emplace_back("{\"journal\":1,\"state\":").append(state).append("}\n");
}

std::string Journal::text() const {
  std::string text;
  for (const auto& segment : segments_) text += segment;
  return text;
}

}  // namespace parley
