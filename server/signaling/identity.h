// Names that nobody can guess, drawn from the operating system's randomness (by OpenSSL).
//
// Thread-safety: any thread.
#pragma once

#include "core/signaling/types.h"

namespace parley {

// Ten characters of A-Z a-z 0-9: 59 bits, so that two participants never share one.
ParticipantId draw_participant_id();

// 32 characters of the same: 190 bits. It is all that a resume takes, so it must not be guessed.
Secret draw_secret();

}  // namespace parley
