#include "core/journal/lines.h"

#include <utility>

#include "core/base/json_codec.h"
#include "core/base/json_document.h"

namespace parley {
namespace {

using namespace journal_line;

JournalLine read_beginning(std::string_view line, const JsonValue& source) {
  Beginning beginning;
  std::string path;
  if (decode_value(source, beginning.options, path)) return beginning;
  return Unreadable{line, "bad options: " + path};
}

JournalLine read_snapshot(std::string_view line, const JsonValue& source) {
  Snapshot snapshot{source.raw(), Call()};
  std::string path;
  if (decode_value(source, snapshot.call, path)) return snapshot;
  return Unreadable{line, "bad state: " + path};
}

JournalLine read_input(std::string_view line, const JsonValue& root, const JsonValue& source) {
  const auto at = root.member("at");
  const auto now = at ? at->integer() : std::nullopt;
  if (!now) return Unreadable{line, "an input without a time"};
  In in{Timestamp::from_microseconds(*now), {}};
  std::string path;
  if (decode_value(source, in.input, path)) return in;
  return Unreadable{line, "bad input: " + path};
}

}  // namespace

JournalLine read_journal_line(std::string_view line) {
  const auto document = JsonDocument::parse(line);
  if (!document) return Unreadable{line, "not JSON"};
  const auto root = document->root();
  if (const auto options = root.member("options")) return read_beginning(line, *options);
  if (const auto state = root.member("state")) return read_snapshot(line, *state);
  if (const auto input = root.member("in")) return read_input(line, root, *input);
  if (const auto output = root.member("out")) return Out{output->raw()};
  return Unreadable{line, "neither a beginning, an input nor an output"};
}

}  // namespace parley
