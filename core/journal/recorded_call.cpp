#include "core/journal/recorded_call.h"

#include <utility>

#include "core/base/json_codec.h"
#include "core/journal/scrub.h"

namespace parley {
namespace {

// Asks for the journal; not an input of the call, which knows nothing of it.
struct ExportJournal {
  static constexpr std::string_view type = "export-journal";
  static constexpr auto fields() { return std::tuple(); }
};

struct ExportedJournal {
  static constexpr std::string_view type = "journal";
  std::string text;
  static constexpr auto fields() { return std::tuple(field("text", &ExportedJournal::text)); }
};

}  // namespace

RecordedCall::RecordedCall(const CallOptions& options)
    : call_(options), journal_(to_json(options)) {}

void RecordedCall::handle(std::string_view input, Timestamp now) {
  if (from_json<std::variant<ExportJournal>>(input)) {
    own_output_ = to_json(ExportedJournal{scrub(journal_.text())});
    return;
  }
  const auto decoded = from_json<Input>(input);
  if (!decoded) {
    own_output_ = to_json(output::Ignored{decoded.error().detail, "not an input"});
    return;
  }
  if (journal_.wants_segment()) journal_.begin_segment(to_json(call_));
  journal_.record_input(to_json(*decoded), now);
  call_.handle(*decoded, now);
}

std::optional<std::string> RecordedCall::poll() {
  if (own_output_) return std::exchange(own_output_, std::nullopt);
  const auto output = call_.poll();
  if (!output) return std::nullopt;
  auto text = to_json(*output);
  journal_.record_output(text);
  return text;
}

std::optional<std::string> RecordedCall::next_timeout() const {
  const auto timeout = call_.next_timeout();
  if (!timeout) return std::nullopt;
  return to_json(*timeout);
}

}  // namespace parley
