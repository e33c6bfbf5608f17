// One participant's view of a call, from the preview to the end, without I/O.
//
//     call.handle(input, now);
//     while (auto output = call.poll()) …   // carried out in order
//     call.next_timeout();                  // when to feed Tick, at the latest
//
// The parts: ServerSession keeps the connection to the server, LocalMedia the devices, Admission
// what hosts decide, and one Peer for each other participant the link to them. Call routes inputs
// to them and derives what the person sees from their states; it keeps no state of its own that
// repeats theirs.
//
// Time in which the page slept does not count: see awake_clock.h.
//
// An input that makes no sense in the present state yields output::Ignored and changes nothing.
//
// Thread-safety: none. Not re-entrant: poll everything before the next handle.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>

#include "core/call/admission.h"
#include "core/call/awake_clock.h"
#include "core/call/effects.h"
#include "core/call/input.h"
#include "core/call/local_media.h"
#include "core/call/output.h"
#include "core/call/peer.h"
#include "core/call/policies.h"
#include "core/call/prepared_offer.h"
#include "core/call/server_session.h"

namespace parley {

struct CallOptions {
  std::int64_t seed = 0;  // of the jitter, and tells pages apart; any number
  ClientName client;      // name and version of the program, told to the server
  std::optional<Policies> policies = std::nullopt;  // nothing: the defaults

  static constexpr auto fields() {
    return std::tuple(field("seed", &CallOptions::seed), field("client", &CallOptions::client),
                      field("policies", &CallOptions::policies));
  }
};

// Which part of a call asked to be woken; the first thing to know about a call that wakes too
// often.
enum class TimeoutReason : std::uint8_t { Server, Media, Offer, Path };
constexpr auto names_of(TimeoutReason) {
  return std::array<std::string_view, 4>{"server", "media", "offer", "path"};
}

struct Timeout {
  Timestamp at;
  TimeoutReason reason = TimeoutReason::Server;

  static constexpr auto fields() {
    return std::tuple(field("at", &Timeout::at), field("reason", &Timeout::reason));
  }
};

class Call {
 public:
  explicit Call(const CallOptions& options = {});

  // `now` may stand still but not go back; an earlier one counts as the last.
  void handle(const Input& input, Timestamp now);
  std::optional<Output> poll() { return effects_.take(); }
  std::optional<Timeout> next_timeout() const;

  // What the last output::View said.
  const output::View& view() const { return view_; }

  static constexpr auto fields() {
    return std::tuple(field("options", &Call::options_), field("clock", &Call::clock_),
                      field("effects", &Call::effects_), field("stage", &Call::stage_),
                      field("problem", &Call::problem_), field("room", &Call::room_),
                      field("name", &Call::name_), field("self", &Call::self_),
                      field("ticket", &Call::ticket_), field("told", &Call::told_),
                      field("session", &Call::session_), field("media", &Call::media_),
                      field("admission", &Call::admission_), field("around", &Call::around_),
                      field("prepared", &Call::prepared_), field("spare", &Call::spare_),
                      field("peers", &Call::peers_), field("cameraDivisor", &Call::camera_divisor_),
                      field("view", &Call::view_));
  }

 private:
  // What the person wants; everything else follows from it and from what the parts have reached.
  enum class Stage : std::uint8_t { Closed, Previewing, InCall, Ended, Failed };
  friend constexpr auto names_of(Stage) {
    return std::array<std::string_view, 5>{"closed", "previewing", "in-call", "ended", "failed"};
  }

  void on(const input::Open& input);
  void on(const input::JoinRoom& input);
  void on(const input::LeaveRoom& input);
  void on(const input::SetSending& input);
  void on(const input::ChooseDevice& input);
  void on(const input::SetName& input);
  void on(const input::Moderate& input);
  void on(const input::MediaAcquired& input);
  void on(const input::MediaFailed& input);
  void on(const input::ActionDone& input);
  void on(const input::ActionFailed& input);
  void on(const input::SocketOpened& input);
  void on(const input::SocketMessage& input);
  void on(const input::SocketClosed& input);
  void on(const input::LinkCandidate& input);
  void on(const input::LinkCandidatesEnd& input);
  void on(const input::LinkPath& input);
  void on(const input::LinkSilent& input);
  void on(const input::LinkHeard& input);
  void on(const input::LinkPictured& input);
  void on(const input::LinkRerouted& input);
  void on(const input::MediaEnded& input);
  void on(const input::MediaInterrupted& input);
  void on(const input::Devices& input);
  void on(const input::Hint& input);
  void on(const input::Tick& input);

  void on_session(const session_event::Greeted& event);
  void on_session(const session_event::Entered& event);
  void on_session(const session_event::MustWait& event);
  void on_session(const session_event::Received& event);
  void on_session(const session_event::Interrupted& event);
  void on_session(const session_event::Refused& event);
  void dispatch(const std::optional<SessionEvent>& event);

  void on_message(const IceServersRenewed& message);
  void on_message(const ParticipantJoined& message);
  void on_message(const ParticipantChanged& message);
  void on_message(const ParticipantLeft& message);
  void on_message(const SignalFrom& message);
  void on_message(const RoleChanged& message);
  void on_message(const MuteRequested& message);
  void on_message(const Notice& message);
  template <class Other>
  void on_message(const Other& message);

  bool is_open() const { return stage_ == Stage::Previewing || stage_ == Stage::InCall; }
  // By the call's own clock.
  std::optional<Timeout> next_deadline() const;
  void set_stage(Stage next, std::optional<Problem> problem = std::nullopt);
  void stop(Stage end, std::optional<Problem> problem);
  // Gives them to the links that are there; a prepared offer has gone out with its own.
  void set_ice_servers(const IceServers& servers, std::optional<std::uint32_t> expire_in_seconds);
  void prepare_offer();
  void discard_prepared_offer();
  void join_when_ready();
  void meet(const Participant& record, std::optional<Link> link);
  void adopt_prepared_offer(const Participant& record, const IceServers& made_with);
  // Closes and forgets the peers for which `is_gone(entry of peers_)` holds.
  template <class Predicate>
  void drop_peers(Predicate is_gone);
  void close_peers();
  void keep_spare_link();
  void scale_camera();
  void tell_server();
  void show();
  void check_invariants() const;

  CallState state() const;
  std::optional<Problem> current_problem() const;
  output::View current_view() const;
  Peer* peer_of(ActionId action);
  Peer* peer_of(LinkId link);
  bool any_peer_is(PeerState state) const;
  void ignore(std::string_view input, std::string_view reason);

  CallOptions options_;
  AwakeClock clock_;
  Effects effects_;
  Stage stage_ = Stage::Closed;
  std::optional<Problem> problem_;  // why Failed
  std::optional<RoomId> room_;      // once opened
  Name name_;
  std::optional<ParticipantId> self_;  // once joined
  std::optional<Resume> ticket_;       // to come back as oneself
  std::optional<Update> told_;         // what Join and Update told the server of this connection
  ServerSession session_;
  LocalMedia media_;
  Admission admission_;
  Surroundings around_;
  std::optional<PreparedOffer> prepared_;
  std::optional<Link> spare_;  // for the offer of the next one to come, while alone
  std::map<ParticipantId, Peer> peers_;
  std::uint32_t camera_divisor_ = 1;  // as the host was told
  output::View view_;
};

}  // namespace parley
