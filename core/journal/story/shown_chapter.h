// What the person was told, and which inputs the call could make nothing of.
//
// Thread-safety: none.
#pragma once

#include "core/journal/story/cast.h"
#include "core/journal/story/story.h"
#include "core/journal/story/turn.h"

namespace parley::story {

class ShownChapter {
 public:
  ShownChapter(const Cast& cast, Story& story) : cast_(cast), story_(story) {}

  void on(const output::Report& output, const Turn& turn);
  void on(const output::Ignored& output, const Turn& turn);

  template <class Other>
  void on(const Other&, const Turn&) {}

 private:
  const Cast& cast_;
  Story& story_;
};

}  // namespace parley::story
