#include "core/journal/explain.h"

#include <optional>
#include <utility>
#include <variant>

#include "core/base/json_codec.h"
#include "core/journal/lines.h"
#include "core/journal/story/admission_chapter.h"
#include "core/journal/story/cast.h"
#include "core/journal/story/media_chapter.h"
#include "core/journal/story/path_chapter.h"
#include "core/journal/story/people_chapter.h"
#include "core/journal/story/server_chapter.h"
#include "core/journal/story/shown_chapter.h"
#include "core/journal/story/story.h"
#include "core/journal/story/turn.h"
#include "core/signaling/messages.h"

namespace parley {
namespace {

// Gathers the lines of each turn and lets the chapters tell of it. Those that come first say what
// those after them build on.
class Explainer {
 public:
  std::vector<std::string> run(std::string_view journal) {
    for_each_journal_line(journal, [&](std::size_t number, const JournalLine& line) {
      std::visit([&](const auto& each) { on(number, each); }, line);
      return true;
    });
    end_turn();
    if (!last_) return story_.take_lines();
    story_.begin_turn(last_->at);
    server_.end(*last_);
    story_.tell("The journal ends.");
    return story_.take_lines();
  }

 private:
  void on(std::size_t, const journal_line::Beginning&) { end_turn(); }

  // Inside a journal the state is what was told of already.
  void on(std::size_t, const journal_line::Snapshot& line) {
    if (!current_ && !last_) beginning_ = line.call.view();
  }

  void on(std::size_t, const journal_line::In& line) {
    end_turn();
    current_ = story::Turn{line.at, line.input, {}};
    story_.begin_turn(line.at);
    if (beginning_) begin(*std::exchange(beginning_, std::nullopt), *current_);
  }

  void on(std::size_t number, const journal_line::Out& line) {
    const auto output = from_json<Output>(line.raw);
    if (!output) return tell_unreadable(number, "not an output");
    if (current_) current_->outputs.push_back(*output);
  }

  void on(std::size_t number, const journal_line::Unreadable& line) {
    end_turn();  // what follows may have come of this line
    tell_unreadable(number, line.reason);
  }

  void tell_unreadable(std::size_t number, std::string_view reason) {
    story_.tell("(Line " + std::to_string(number) +
                " of the journal cannot be read: " + std::string(reason) + ".)");
  }

  void begin(const output::View& view, const story::Turn& turn) {
    cast_.learn_links(view);
    server_.begin(view, turn);
    people_.begin(view, turn);
    paths_.begin(view, turn);
  }

  void end_turn() {
    if (!current_) return;
    last_ = std::exchange(current_, std::nullopt);
    for (const auto& output : last_->outputs) {
      if (const auto* view = std::get_if<output::View>(&output)) cast_.learn_links(*view);
    }
    // An input that was ignored changed nothing; that it was is told of with the outputs.
    if (!last_->find<output::Ignored>()) {
      std::visit([&](const auto& input) { tell(input); }, last_->input);
    }
    for (const auto& output : last_->outputs) {
      std::visit([&](const auto& each) { tell(each); }, output);
    }
  }

  // Of an event of the last turn.
  template <class Event>
  void tell(const Event& event) {
    server_.on(event, *last_);
    admission_.on(event, *last_);
    people_.on(event, *last_);
    media_.on(event, *last_);
    paths_.on(event, *last_);
    shown_.on(event, *last_);
    tell_message(event);
  }

  // The messages inside; one that is not understood here was none of the call's business either.
  void tell_message(const input::SocketMessage& input) {
    const auto message = decode_server_message(input.text);
    if (message) std::visit([&](const auto& each) { tell(each); }, *message);
  }
  void tell_message(const output::Send& output) {
    const auto message = decode_client_message(output.text);
    if (message) std::visit([&](const auto& each) { tell(each); }, *message);
  }
  template <class Other>
  void tell_message(const Other&) {}

  story::Cast cast_;
  story::Story story_;
  story::ServerChapter server_{story_};
  story::AdmissionChapter admission_{cast_, story_};
  story::PeopleChapter people_{cast_, story_};
  story::MediaChapter media_{story_};
  story::PathChapter paths_{cast_, story_};
  story::ShownChapter shown_{cast_, story_};
  std::optional<output::View> beginning_;  // where the journal begins with a state
  std::optional<story::Turn> current_;     // whose outputs are being gathered
  std::optional<story::Turn> last_;        // the one that is told of
};

}  // namespace

std::vector<std::string> explain(std::string_view journal) { return Explainer().run(journal); }

}  // namespace parley
