#include "core/journal/replay.h"

#include <optional>

#include "core/base/json_codec.h"
#include "core/base/json_document.h"
#include "core/call/call.h"

namespace parley {
namespace {

class Replay {
 public:
  ReplayReport run(std::string_view journal) {
    while (!journal.empty() && !report_.difference) {
      const auto end = std::min(journal.find('\n'), journal.size());
      ++line_;
      if (end > 0) read(journal.substr(0, end));
      journal.remove_prefix(std::min(end + 1, journal.size()));
    }
    if (!report_.difference) expect_no_more_outputs();
    return report_;
  }

 private:
  void read(std::string_view line) {
    const auto document = JsonDocument::parse(line);
    if (!document) return differ(line, "not JSON");
    const auto root = document->root();
    if (const auto options = root.member("options")) {
      begin<CallOptions>(line, *options);
    } else if (const auto state = root.member("state")) {
      resume(line, *state);
    } else if (const auto input = root.member("in")) {
      feed(line, root, *input);
    } else if (const auto output = root.member("out")) {
      compare(*output);
    } else {
      differ(line, "neither a beginning, an input nor an output");
    }
  }

  template <class Options>
  void begin(std::string_view line, const JsonValue& source) {
    Options options;
    std::string path;
    if (!decode_value(source, options, path)) return differ(line, "bad options: " + path);
    call_.emplace(options);
  }

  // The state at the beginning of a segment. Where the call is known up to here, it must be that.
  void resume(std::string_view line, const JsonValue& source) {
    expect_no_more_outputs();
    if (call_) {
      auto actual = to_json(*call_);
      if (actual != source.raw()) differ(source.raw(), std::move(actual));
      return;
    }
    std::string path;
    if (!decode_value(source, call_.emplace(), path)) differ(line, "bad state: " + path);
  }

  void feed(std::string_view line, const JsonValue& root, const JsonValue& source) {
    expect_no_more_outputs();
    if (report_.difference) return;
    const auto at = root.member("at");
    const auto now = at ? at->integer() : std::nullopt;
    Input input;
    std::string path;
    if (!call_ || !now || !decode_value(source, input, path)) {
      return differ(line, call_ ? "bad input: " + path : "an input before the beginning");
    }
    ++report_.inputs;
    call_->handle(input, Timestamp::from_microseconds(*now));
  }

  void compare(const JsonValue& expected) {
    const auto output = call_ ? call_->poll() : std::nullopt;
    auto actual = output ? to_json(*output) : std::string();
    if (actual != expected.raw()) return differ(expected.raw(), std::move(actual));
    ++report_.outputs;
  }

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
