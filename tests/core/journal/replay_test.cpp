#include "core/journal/replay.h"

#include <gtest/gtest.h>

#include "core/base/json_codec.h"
#include "core/journal/recorded_call.h"

namespace parley {
namespace {

class RecordedRun {
 public:
  RecordedRun() : call_(CallOptions{42, ClientName("test")}) {}

  void feed(const Input& input) {
    now_ = now_ + Duration::milliseconds(10);
    call_.handle(to_json(input), now_);
    while (const auto output = call_.poll()) last_ = *output;
  }

  // Joins a room, then rings the changes of mute until the journal has begun a new segment.
  void run(int changes) {
    feed(input::Open{RoomId("demo"), true, true, {}, {}, {}});
    feed(input::JoinRoom{Name("Ana")});
    feed(input::SocketOpened{SocketId(1)});
    feed(input::ActionDone{ActionId(2), Sdp("v=0\r\na=ice-ufrag:u\r\na=ice-pwd:secret\r\n")});
    Joined joined;
    joined.room = RoomId("demo");
    joined.id = ParticipantId("me");
    joined.resume.secret = Secret("hidden");
    feed(input::SocketMessage{SocketId(1), encode(ServerMessage(joined))});
    feed(input::MediaAcquired{ActionId(1), {}, {}});
    for (int index = 0; index < changes; ++index) {
      feed(input::SetSending{Medium::Audio, index % 2 == 0});
    }
  }

  std::string journal() {
    call_.handle(R"({"type":"export-journal"})", now_);
    const auto document_text = *call_.poll();
    const auto document = JsonDocument::parse(document_text);
    return document->root().member("text")->string();
  }

 private:
  RecordedCall call_;
  Timestamp now_;
  std::string last_;
};

TEST(Replay, OfAScrubbedJournalYieldsTheSameOutputs) {
  RecordedRun run;
  run.run(3);
  const auto journal = run.journal();
  EXPECT_EQ(journal.find("hidden"), std::string::npos);
  EXPECT_EQ(journal.find("pwd:secret"), std::string::npos);
  const auto report = replay(journal);
  EXPECT_FALSE(report.difference) << report.difference->actual;
  EXPECT_EQ(report.inputs, 9u);
  EXPECT_GT(report.outputs, 9u);
}

TEST(Replay, OfAScrubbedJournalKnowsANewTicketFromTheOld) {
  RecordedRun run;
  run.run(3);
  std::size_t before = 0;
  for (const char* secret : {"secret one", "secret two"}) {
    before = replay(run.journal()).outputs;
    RoleChanged message;
    message.secret = Secret(secret);
    run.feed(input::SocketMessage{SocketId(1), encode(ServerMessage(message))});
  }
  const auto report = replay(run.journal());
  EXPECT_FALSE(report.difference) << report.difference->expected;
  EXPECT_GT(report.outputs, before) << "the page is not shown the ticket";
}

TEST(Replay, OfALongCallBeginsAtASnapshotAndStaysWithinTheBound) {
  RecordedRun run;
  run.run(12'000);
  const auto journal = run.journal();
  EXPECT_LE(journal.size(), (Journal::max_segments + 1) * Journal::segment_bytes);
  EXPECT_GT(journal.size(), 2 * Journal::segment_bytes);
  EXPECT_EQ(journal.substr(0, 21), R"({"journal":1,"state":)");
  const auto report = replay(journal);
  EXPECT_FALSE(report.difference) << report.difference->line << report.difference->actual;
}

TEST(Replay, NamesTheFirstLineThatDiffers) {
  RecordedRun run;
  run.run(1);
  auto journal = run.journal();
  const auto view = journal.find("joining");
  journal.replace(view, 7, "waiting");
  const auto report = replay(journal);
  ASSERT_TRUE(report.difference);
  EXPECT_NE(report.difference->expected.find("waiting"), std::string::npos);
  EXPECT_NE(report.difference->actual.find("joining"), std::string::npos);
}

TEST(Replay, NoticesOutputsThatAreMissingOrTooMany) {
  RecordedRun run;
  run.run(0);
  const auto journal = run.journal();
  auto shorter = journal.substr(0, journal.rfind("{\"out\""));
  EXPECT_TRUE(replay(shorter).difference);
  EXPECT_TRUE(replay(journal + "{\"out\":{\"type\":\"view\"}}\n").difference);
}

TEST(Replay, RefusesWhatIsNoJournal) {
  EXPECT_TRUE(replay("hello\n").difference);
  EXPECT_TRUE(replay("{\"at\":1,\"in\":{\"type\":\"tick\"}}\n").difference);
  EXPECT_TRUE(replay("{\"journal\":1,\"options\":{}}\n").difference);
}

}  // namespace
}  // namespace parley
