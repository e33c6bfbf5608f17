// Tells in plain words what happened to a call and why, from its journal:
//
//     00:00  Opened the room "demo". Connecting to the server. Asking for microphone and camera.
//     00:41  Nothing arrives from Ben any more (disconnected).
//     00:42  Looking for another path to Ben (ICE restart).
//     00:43  Back with Ben after 1.3 s (2 candidates sent, 2 received).
//
// One line tells of one input and of what the call did about it, so that cause and effect stand
// together. Times are relative to the first input. What repeats itself (candidates, attempts, the
// same line again) is counted. The story follows the lines of the journal; whether the core of
// today would do the same is for replay (replay.h) to say.
//
// The parts stand in story/: chapters, each of which tells of one side of a call.
//
// Thread-safety: distinct calls are independent.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley {

// The lines of the story, without line ends. Lines of the journal that cannot be read are named in
// it and passed over.
std::vector<std::string> explain(std::string_view journal);

}  // namespace parley
