// Shows a receiver that a webhook comes from this server, and when it was sent.
//
// Thread-safety: free functions without state.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace parley {

inline constexpr std::string_view webhook_signature_header = "Parley-Signature";

// The value of that header: "t=T,v1=S", where T is `time` in seconds since 1970 and S is
// HMAC-SHA256(secret, T "." body) in hexadecimal. With the time in it nobody can send a webhook
// that was overheard again later.
std::string webhook_signature(std::string_view secret, std::chrono::sys_seconds time,
                              std::string_view body);

}  // namespace parley
