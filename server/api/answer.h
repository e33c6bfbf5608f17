// What the API answers: JSON, in one form where something is wrong.
//
//     {"error": {"code": "unknown-room", "message": "Nobody is in a room of this name."}}
//
// Thread-safety: free functions without state.
#pragma once

#include <string>
#include <string_view>

#include "server/http/message.h"

namespace parley {

HttpResponse json_answer(unsigned status, std::string json);

// RFC 9110 section 15.3.5: done, and nothing to say of it.
HttpResponse empty_answer();

// `code` is stable and for programs, `message` a sentence for people.
HttpResponse error_answer(unsigned status, std::string_view code, std::string_view message);

}  // namespace parley
