// A Call behind text: inputs and outputs cross as JSON lines, and every line that crosses is kept
// (journal.h). This is what a browser holds, through WASM.
//
// Thread-safety: none.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"
#include "core/call/call.h"
#include "core/journal/journal.h"

namespace parley {

class RecordedCall {
 public:
  explicit RecordedCall(const CallOptions& options);

  // Feeds one input. A text that is no input yields an `ignored` output and changes nothing.
  // {"type":"export-journal"} is no input of the call itself: it yields {"type":"journal","text":…}
  // with the whole journal, scrubbed (scrub.h), and leaves no trace in it.
  void handle(std::string_view input, Timestamp now);

  // The next output as JSON, or nothing. Everything must be polled before the next handle().
  std::optional<std::string> poll();

  // When Tick is due and which part asked for it, as {"at":microseconds,"reason":…}, or nothing.
  std::optional<std::string> next_timeout() const;

 private:
  Call call_;
  Journal journal_;
  std::optional<std::string> own_output_;  // of what the call itself does not see
};

}  // namespace parley
