// What a person is told when a camera, microphone or screen could not be had.
#pragma once

#include "core/call/output.h"
#include "core/call/types.h"

namespace parley {

output::Report report_of(MediaProblem problem, Medium medium);
// The device in use is gone and there is no other.
output::Report report_of_loss(Medium medium);
// The device that the person chose could not be started.
output::Report report_of_choice(Medium medium);

}  // namespace parley
