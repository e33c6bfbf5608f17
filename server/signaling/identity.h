// Names that nobody else has, drawn from the operating system's randomness (by OpenSSL).
//
// Thread-safety: any thread.
#pragma once

#include "core/signaling/types.h"

namespace parley {

// Ten characters of A-Z a-z 0-9: 59 bits, so that two participants never share one.
ParticipantId draw_participant_id();

}  // namespace parley
