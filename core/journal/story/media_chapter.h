// Microphone, camera and screen, as a story: asked for, granted, refused, switched, gone, replaced.
//
// Thread-safety: none.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/journal/story/story.h"
#include "core/journal/story/turn.h"

namespace parley::story {

class MediaChapter {
 public:
  explicit MediaChapter(Story& story) : story_(story) {}

  void on(const input::MediaAcquired& input, const Turn& turn);
  void on(const input::MediaFailed& input, const Turn& turn);
  void on(const input::SetSending& input, const Turn& turn);
  void on(const input::ChooseDevice& input, const Turn& turn);
  void on(const input::MediaEnded& input, const Turn& turn);
  void on(const input::MediaInterrupted& input, const Turn& turn);

  void on(const output::AcquireMedia& output, const Turn& turn);
  void on(const output::AcquireScreen& output, const Turn& turn);
  void on(const output::ScaleCamera& output, const Turn& turn);
  void on(const output::DeviceNotice& output, const Turn& turn);

  template <class Other>
  void on(const Other&, const Turn&) {}

 private:
  // "microphone and camera": what the request with this number asked for.
  std::string take_request(ActionId action);

  Story& story_;
  std::map<ActionId, std::vector<std::string>> requests_;
};

}  // namespace parley::story
