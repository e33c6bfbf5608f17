// setsockopt() for options that are numbers.
#pragma once

#include <sys/socket.h>

namespace parley {

// False when the system refuses; errno says why.
inline bool set_socket_option(int socket, int level, int option, int value) {
  return setsockopt(socket, level, option, &value, sizeof value) == 0;
}

}  // namespace parley
