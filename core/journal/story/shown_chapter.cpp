#include "core/journal/story/shown_chapter.h"

#include <string>

#include "core/journal/story/words.h"

namespace parley::story {

void ShownChapter::on(const output::Report& output, const Turn&) {
  const auto about = output.participant ? ", about " + cast_.name(*output.participant) : "";
  const auto sentence =
      output.sentence.empty() ? std::string(reason(output.problem)) : output.sentence;
  story_.tell("Shown to the person" + about + ": \"" + sentence + "\"");
}

void ShownChapter::on(const output::Ignored& output, const Turn&) {
  story_.tell("Ignored an input: " + output.input + " (" + output.reason + ").");
}

}  // namespace parley::story
