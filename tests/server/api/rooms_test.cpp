#include "server/api/rooms.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "server/api/utc.h"
#include "tests/server/support/api_client.h"
#include "tests/server/support/caller.h"
#include "tests/server/support/test_server.h"

namespace parley::testing {
namespace {

class RoomsTest : public ::testing::Test {
 protected:
  static ServerOptions options() {
    auto options = api_options();
    options.token_key.reset();
    return options;
  }

  Response get(const std::string& path) const { return call_api(server_.port(), "GET", path); }

  std::vector<std::string> names_at(const std::string& path) const {
    std::vector<std::string> names;
    const auto page = json_of(get(path));
    for (const auto& room : page.at("rooms")) names.push_back(room.at("id"));
    return names;
  }

  static std::string now(std::chrono::seconds ago = std::chrono::seconds(0)) {
    return utc_text(
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now() - ago));
  }

  const TestServer server_{options()};
};

using Names = std::vector<std::string>;

TEST_F(RoomsTest, AreListedInOrderFromAllShards) {
  EXPECT_EQ(json_of(get("/rooms")), Json::parse(R"({"rooms":[]})"));
  // A second earlier, because it may pass between two looks at the clocks.
  const auto before = now(std::chrono::seconds(1));
  std::vector<std::unique_ptr<Caller>> callers;
  Names names;
  for (char letter = 'h'; letter >= 'a'; --letter) {
    callers.push_back(std::make_unique<Caller>(server_.port()));
    callers.back()->join(std::string(1, letter));
    names.insert(names.begin(), std::string(1, letter));
  }
  callers.push_back(std::make_unique<Caller>(server_.port()));
  callers.back()->join("c");
  EXPECT_EQ(names_at("/rooms"), names);
  const auto listed = json_of(get("/rooms"));
  EXPECT_FALSE(listed.contains("next"));
  for (const auto& room : listed.at("rooms")) {
    EXPECT_EQ(room.at("participants"), room.at("id") == "c" ? 2 : 1) << room;
    EXPECT_EQ(room.at("waiting"), 0);
    EXPECT_GE(room.at("since").get<std::string>(), before);
    EXPECT_LE(room.at("since").get<std::string>(), now());
  }
}

TEST_F(RoomsTest, AreListedInPages) {
  std::vector<std::unique_ptr<Caller>> callers;
  for (const char* name : {"a", "b", "c", "d", "e"}) {
    callers.push_back(std::make_unique<Caller>(server_.port()));
    callers.back()->join(name);
  }
  const auto first = json_of(get("/rooms?limit=2"));
  EXPECT_EQ(first.at("next"), "b");
  EXPECT_EQ(names_at("/rooms?limit=2&after=b"), (Names{"c", "d"}));
  const auto last = json_of(get("/rooms?limit=2&after=d"));
  EXPECT_EQ(last.at("rooms").size(), 1u);
  EXPECT_FALSE(last.contains("next"));
  EXPECT_FALSE(json_of(get("/rooms?limit=5")).contains("next"));
}

TEST_F(RoomsTest, AreNotListedByWhatIsNoParameter) {
  for (const char* query : {"limit=0", "limit=1001", "limit=-1", "limit=x", "limit=", "limit=1x",
                            "limit=99999999999999999999", "after=a%20b", "after=%ff"}) {
    const auto response = get(std::string("/rooms?") + query);
    EXPECT_EQ(response.status, 400) << query;
    EXPECT_EQ(error_code_of(response), "bad-parameter") << query;
  }
}

TEST_F(RoomsTest, ShowWhoIsInThem) {
  Caller ana(server_.port());
  ana.join("demo");
  Caller ben(server_.port());
  ben.join("demo");
  const auto room = json_of(get("/rooms/demo"));
  EXPECT_EQ(room.at("id"), "demo");
  EXPECT_EQ(room.at("waiting"), 0);
  ASSERT_EQ(room.at("participants").size(), 2u);
  const auto& first = room.at("participants").at(0);
  EXPECT_EQ(first.at("id"), ana.joined.id.value());
  EXPECT_EQ(first.at("name"), "Ana");
  EXPECT_EQ(first.at("role"), "host");
  EXPECT_EQ(first.at("presence"), "here");
  EXPECT_LE(first.at("joined").get<std::string>(), now());
  EXPECT_FALSE(first.contains("identity")) << "it came without a token";
  EXPECT_EQ(room.at("participants").at(1).at("role"), "guest");
}

TEST_F(RoomsTest, ShowWhoIsAwayAndWhoWaits) {
  Caller host(server_.port());
  host.join("demo");
  {
    Caller away(server_.port());
    away.join("demo");
    host.receive_a<ParticipantJoined>();
  }
  EXPECT_EQ(host.receive_a<ParticipantChanged>().participant.presence, Presence::Away);
  host.send(Moderate{host_action::Configure{Door::WaitingRoom, {}}});
  host.receive_a<RoomChanged>();
  Caller guest(server_.port());
  Join join;
  join.room = RoomId("demo");
  guest.send(join);
  guest.receive_a<Waiting>();
  const auto room = json_of(get("/rooms/demo"));
  EXPECT_EQ(room.at("waiting"), 1);
  EXPECT_EQ(room.at("participants").at(1).at("presence"), "away");
  EXPECT_EQ(json_of(get("/rooms")).at("rooms").at(0).at("waiting"), 1);
}

TEST_F(RoomsTest, AreUnknownWhereNobodyIs) {
  for (const char* path : {"/rooms/nobody", "/rooms/a%20b", "/rooms/%c3%a4"}) {
    const auto response = get(path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(error_code_of(response), "unknown-room") << path;
    EXPECT_EQ(error_code_of(call_api(server_.port(), "DELETE", path)), "unknown-room") << path;
  }
  EXPECT_EQ(call_api(server_.port(), "HEAD", "/rooms/nobody").status, 404);
}

TEST_F(RoomsTest, AreEndedForEverybody) {
  OtherCall other(server_.port());
  Caller host(server_.port());
  host.join("demo");
  Caller guest(server_.port());
  guest.join("demo");
  const auto response = call_api(server_.port(), "DELETE", "/rooms/demo");
  EXPECT_EQ(response.status, 204);
  EXPECT_FALSE(response.headers.contains("content-length"));
  EXPECT_EQ(host.receive_error(), ErrorCode::CallEnded);
  EXPECT_EQ(guest.receive_error(), ErrorCode::CallEnded);
  EXPECT_EQ(get("/rooms/demo").status, 404);
  EXPECT_EQ(names_at("/rooms"), Names{"other-call"});
  EXPECT_EQ(call_api(server_.port(), "DELETE", "/rooms/demo").status, 404);
  Caller again(server_.port());
  again.join("demo");
  EXPECT_EQ(json_of(get("/rooms/demo")).at("participants").size(), 1u) << "another call";
  other.expect_goes_on();
}

TEST_F(RoomsTest, AreToldWhatTheOperatorSays) {
  OtherCall other(server_.port());
  Caller host(server_.port());
  host.join("demo");
  Caller guest(server_.port());
  guest.join("demo");
  const auto tell = [&](const std::string& room, const std::string& body) {
    return call_api(server_.port(), "POST", "/rooms/" + room + "/messages", body);
  };
  const std::string text = "<b>At 18:00</b> \"é\"\nYour calls go on.";
  EXPECT_EQ(tell("demo", Json{{"text", text}}.dump()).status, 204);
  EXPECT_EQ(host.receive_a<Notice>().text.value(), text);
  EXPECT_EQ(guest.receive_a<Notice>().text.value(), text);
  EXPECT_EQ(error_code_of(tell("nobody", R"({"text":"x"})")), "unknown-room");
  EXPECT_EQ(error_code_of(tell("a%20b", R"({"text":"x"})")), "unknown-room");
  for (const Json& bad : {Json(""), Json("\r"), Json(std::string(1001, 'x')), Json(1), Json()}) {
    EXPECT_EQ(error_code_of(tell("demo", Json{{"text", bad}}.dump())), "bad-field") << bad;
  }
  EXPECT_EQ(error_code_of(tell("demo", R"({"text":"x","to":"ana"})")), "unknown-field");
  EXPECT_EQ(error_code_of(tell("demo", "{\"text\":\"\xff\"}")), "bad-json");
  other.expect_goes_on();
}

TEST_F(RoomsTest, SayWhichMethodsTheyTake) {
  const auto response = call_api(server_.port(), "POST", "/rooms/demo");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.headers.at("allow"), "GET, HEAD, DELETE");
}

TEST(Rooms, ShowTheIdentitiesOfTokens) {
  const TestServer server(api_options());
  const auto token = json_of(call_api(server.port(), "POST", "/tokens",
                                      R"({"room":"demo","identity":"ana@example.org"})"))
                         .at("token")
                         .get<std::string>();
  Caller ana(server.port());
  Join join;
  join.room = RoomId("demo");
  join.token = Token(token);
  ana.send(join);
  ana.receive_a<Joined>();
  const auto room = json_of(call_api(server.port(), "GET", "/rooms/demo"));
  EXPECT_EQ(room.at("participants").at(0).at("identity"), "ana@example.org");
}

}  // namespace
}  // namespace parley::testing
