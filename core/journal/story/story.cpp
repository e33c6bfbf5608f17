#include "core/journal/story/story.h"

#include <algorithm>
#include <utility>

#include "core/journal/story/words.h"

namespace parley::story {

void Story::begin_turn(Timestamp at) {
  end_turn();
  if (!zero_) zero_ = at;
  // As in the core, time stands still rather than goes back (Call::handle).
  now_ = std::max(at - *zero_, now_);
}

void Story::tell(std::string_view sentence) {
  if (!sentences_.empty()) sentences_ += ' ';
  sentences_ += sentence;
}

void Story::end_turn() {
  if (sentences_.empty()) return;
  auto text = std::exchange(sentences_, {});
  if (!lines_.empty() && lines_.back().text == text) {
    ++lines_.back().times;
  } else {
    lines_.push_back({now_, std::move(text)});
  }
}

std::vector<std::string> Story::take_lines() {
  end_turn();
  std::vector<std::string> lines;
  for (const auto& [at, text, times] : lines_) {
    auto line = clock(at) + "  " + text;
    if (times > 1) line += " (" + std::to_string(times) + " times)";
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace parley::story
