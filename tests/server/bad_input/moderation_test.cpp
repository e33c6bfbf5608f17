// Clients that act as hosts without being one, guess passwords, or come back although they were
// taken out.
#include "tests/server/bad_input/bad_input_test.h"

namespace parley::testing {
namespace {

class ModerationTest : public BadInputTest {
 protected:
  ModerationTest() {
    host_.join("moderated");
    guest_.join("moderated");
  }

  void act(Caller& caller, HostAction action) { caller.send(Moderate{std::move(action)}); }

  static void knock(Caller& caller, const std::optional<Password>& password = std::nullopt) {
    Join join;
    join.room = RoomId("moderated");
    join.password = password;
    caller.send(join);
  }

  Caller host_{port(), "moderated"};
  Caller guest_{port()};
};

TEST_F(ModerationTest, WhoComesFirstIsTheHostAndNobodyElse) {
  EXPECT_EQ(host_.joined.role, Role::Host);
  EXPECT_EQ(guest_.joined.role, std::nullopt);
  act(guest_, host_action::EndCall{});
  EXPECT_EQ(guest_.receive_error(), ErrorCode::NotAllowed);
  act(guest_, host_action::MakeHost{guest_.joined.id});
  EXPECT_EQ(guest_.receive_error(), ErrorCode::NotAllowed);
  guest_.signal(host_, "still here");
  EXPECT_EQ(sdp_of(host_.receive_a<SignalFrom>()), "still here");
}

TEST_F(ModerationTest, WhoWaitsIsAdmittedByTheHost) {
  act(host_, host_action::Configure{Door::WaitingRoom, std::nullopt});
  EXPECT_EQ(guest_.receive_a<RoomChanged>().settings.door, Door::WaitingRoom);
  Caller visitor(port());
  knock(visitor);
  EXPECT_EQ(visitor.receive_a<Waiting>().place, 1u);
  const auto queue = host_.receive_a<QueueChanged>().waiting;
  ASSERT_EQ(queue.size(), 1u);
  act(host_, host_action::Admit{queue[0].id});
  EXPECT_EQ(visitor.receive_a<Joined>().id, queue[0].id);
}

TEST_F(ModerationTest, TheRemovedIsClosedWith4007AndItsTicketIsVoid) {
  act(host_, host_action::Remove{guest_.joined.id});
  EXPECT_EQ(guest_.receive_error(), ErrorCode::Removed);
  EXPECT_EQ(guest_.socket().receive_close(), 4007);
  EXPECT_EQ(host_.receive_a<ParticipantLeft>().removed_by, host_.joined.id);
  Caller again(port());
  Join join;
  join.room = RoomId("moderated");
  join.resume = Resume{guest_.joined.id, guest_.joined.resume.secret, guest_.joined.arrival};
  again.send(join);
  EXPECT_EQ(again.receive_error(), ErrorCode::Removed);
}

TEST_F(ModerationTest, AnEndedCallClosesEverybodyWith4009) {
  act(host_, host_action::EndCall{});
  EXPECT_EQ(guest_.receive_error(), ErrorCode::CallEnded);
  EXPECT_EQ(guest_.socket().receive_close(), 4009);
  EXPECT_EQ(host_.receive_error(), ErrorCode::CallEnded);
}

TEST_F(ModerationTest, APasswordIsNotGuessedAtPleasure) {
  act(host_, host_action::Configure{std::nullopt, Password("correct horse")});
  EXPECT_TRUE(guest_.receive_a<RoomChanged>().settings.has_password);
  Caller guesser(port());
  knock(guesser);
  EXPECT_EQ(guesser.receive_error(), ErrorCode::PasswordRequired);
  for (int guess = 0; guess < limits::wrong_passwords; ++guess) {
    knock(guesser, Password(std::to_string(guess)));
    EXPECT_EQ(guesser.receive_error(), ErrorCode::WrongPassword);
  }
  knock(guesser, Password("correct horse"));
  EXPECT_EQ(guesser.receive_error(), ErrorCode::TooManyPasswords);
}

TEST_F(ModerationTest, WhoInheritsTheRoomGetsATicketThatKeepsIt) {
  host_.send(Leave{});
  const auto changed = guest_.receive_a<RoleChanged>();
  EXPECT_EQ(changed.role, Role::Host);
  Caller page(port());
  page.join("moderated", Resume{guest_.joined.id, changed.secret, guest_.joined.arrival});
  EXPECT_EQ(page.joined.id, guest_.joined.id);
  EXPECT_EQ(page.joined.role, Role::Host);
}

}  // namespace
}  // namespace parley::testing
