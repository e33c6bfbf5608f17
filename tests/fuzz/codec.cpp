#include "core/signaling/messages.h"
#include "tests/fuzz/bodies.h"
#include "tests/fuzz/check.h"

namespace parley::fuzz {

void codec(std::string_view bytes) {
  if (const auto message = decode_client_message(bytes)) {
    const auto again = decode_client_message(encode(*message));
    check(again && *again == *message, "a client's message reads as it was written");
  }
  if (const auto message = decode_server_message(bytes)) {
    const auto again = decode_server_message(encode(*message));
    check(again && *again == *message, "a server's message reads as it was written");
  }
}

}  // namespace parley::fuzz
