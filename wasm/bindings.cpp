// The boundary between a browser and the core.
//
// Five functions, and only text and numbers cross: a call is a number, an input or output one JSON
// line, a time a count of microseconds. No C++ object is visible to JavaScript, so there is nothing
// to delete but the call itself, nothing to keep in step by hand, and every crossing can be written
// down: those lines are the journal (core/journal/journal.h). Embind passes strings as UTF-8 and
// works without eval (-sDYNAMIC_EXECUTION=0). Times are doubles because a microsecond count fits
// their 53 bits for 285 years and JavaScript has no other cheap number.
//
// Thread-safety: none; one thread (page or worker) per module instance.
#include <emscripten/bind.h>

#include <cmath>
#include <map>
#include <string>

#include "core/base/json_codec.h"
#include "core/journal/recorded_call.h"

namespace {

using parley::RecordedCall;
using parley::Timestamp;

std::map<int, RecordedCall>& calls() {
  static std::map<int, RecordedCall> all;
  return all;
}

// `options` is the JSON of parley::CallOptions. Returns the number of the new call, or 0 when the
// options are not valid.
int create(const std::string& options) {
  static int last_number = 0;
  const auto decoded = parley::from_json<parley::CallOptions>(options);
  if (!decoded) return 0;
  calls().emplace(++last_number, RecordedCall(*decoded));
  return last_number;
}

// Feeds one input; the number of a destroyed call does nothing.
void handle(int call, const std::string& input, double now_microseconds) {
  const auto found = calls().find(call);
  if (found == calls().end() || !std::isfinite(now_microseconds)) return;
  found->second.handle(input,
                       Timestamp::from_microseconds(static_cast<std::int64_t>(now_microseconds)));
}

// The next output, or an empty text. To be called until empty after every handle().
std::string poll(int call) {
  const auto found = calls().find(call);
  return found == calls().end() ? std::string() : found->second.poll().value_or("");
}

// {"at":microseconds,"reason":…}, or an empty text when nothing is waited for.
std::string next_timeout(int call) {
  const auto found = calls().find(call);
  return found == calls().end() ? std::string() : found->second.next_timeout().value_or("");
}

void destroy(int call) { calls().erase(call); }

}  // namespace

EMSCRIPTEN_BINDINGS(parley) {
  emscripten::function("create", &create);
  emscripten::function("handle", &handle);
  emscripten::function("poll", &poll);
  emscripten::function("next_timeout", &next_timeout);
  emscripten::function("destroy", &destroy);
}
