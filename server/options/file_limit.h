// How many connections the system lets a process have.
#pragma once

namespace parley {

// Raises the limit of open files to the most this user may have. Linux starts programs with 1024,
// a limit that only guards those that use select().
void raise_file_limit();

}  // namespace parley
