#include "core/journal/replay.h"

#include <optional>
#include <variant>

#include "core/base/json_codec.h"
#include "core/call/call.h"
#include "core/journal/lines.h"

namespace parley {
namespace {

class Replay {
 public:
  ReplayReport run(std::string_view journal) {
    for_each_journal_line(journal, [&](std::size_t number, const JournalLine& line) {
      line_ = number;
      std::visit([&](const auto& each) { on(each); }, line);
      return !report_.difference;
    });
    if (!report_.difference) expect_no_more_outputs();
    return report_;
  }

 private:
  void on(const journal_line::Beginning& line) { call_.emplace(line.options); }

  // The state at the beginning of a segment. Where the call is known up to here, it must be that.
  void on(const journal_line::Snapshot& line) {
    expect_no_more_outputs();
    if (!call_) {
      call_ = line.call;
    } else if (auto actual = to_json(*call_); actual != line.raw) {
      differ(line.raw, std::move(actual));
    }
  }

  void on(const journal_line::In& line) {
    expect_no_more_outputs();
    if (report_.difference) return;
    if (!call_) return differ({}, "an input before the beginning");
    ++report_.inputs;
    call_->handle(line.input, line.at);
  }

  void on(const journal_line::Out& line) {
    const auto output = call_ ? call_->poll() : std::nullopt;
    auto actual = output ? to_json(*output) : std::string();
    if (actual != line.raw) return differ(line.raw, std::move(actual));
    ++report_.outputs;
  }

  void on(const journal_line::Unreadable& line) { differ(line.raw, line.reason); }

  void expect_no_more_outputs() {
    if (const auto output = call_ ? call_->poll() : std::nullopt) differ({}, to_json(*output));
  }

  void differ(std::string_view expected, std::string actual) {
    if (report_.difference) return;
    report_.difference = {line_, std::string(expected), std::move(actual)};
  }

  std::optional<Call> call_;
  ReplayReport report_;
  std::size_t line_ = 0;
};

}  // namespace

ReplayReport replay(std::string_view journal) { return Replay().run(journal); }

}  // namespace parley
