// What a host does, what hosts do to this participant, and waiting to be let in.
#include "core/call/call.h"

namespace parley {

void Call::on(const input::Moderate& input) {
  if (session_.state() != ServerSession::State::Joined || !admission_.is_host()) {
    return ignore(input.type, "not a host");
  }
  admission_.acted(input.action);
  session_.send(effects_, Moderate{input.action});
}

// Also for one who was in the room: it is so no more.
void Call::on_session(const session_event::MustWait& event) {
  admission_.waits(event.place);
  // It would go stale, and with it the peer connection.
  discard_prepared_offer();
  if (!self_) return;
  close_peers();
  self_.reset();
  ticket_.reset();
}

void Call::on_message(const RoleChanged& message) {
  admission_.received(message);
  ticket_->secret = message.secret;
}

void Call::on_message(const MuteRequested& message) {
  if (!media_.is_wanted(message.medium)) return;
  media_.set_sending(effects_, message.medium, false);
  admission_.muted(message);
}

}  // namespace parley
