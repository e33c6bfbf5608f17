#include "core/signaling/errors.h"

namespace parley {
namespace {

// In order of ErrorCode. 1xxx codes are RFC 6455's own, 4xxx are for private use (section 7.4.2).
constexpr std::array<ErrorFacts, 30> table{{
    {Blame::Client, 0, "The message is not valid; nothing was changed."},
    {Blame::Client, 0, "There is no message of this type."},
    {Blame::Client, 4001, "The first message must be hello."},
    {Blame::Client, 4002, "No hello came within five seconds."},
    {Blame::Client, 4003, "The server speaks none of the offered protocol versions."},
    {Blame::Client, 0, "This connection is in a room already."},
    {Blame::Client, 0, "This connection is in no room yet."},
    {Blame::User, 0, "The room is full."},
    {Blame::Client, 0, "No such participant is in the room."},
    {Blame::Client, 4004, "Too many messages were not valid."},
    {Blame::Network, 4005, "The connection is too slow: messages pile up."},
    {Blame::Client, 1009, "The message is too large."},
    {Blame::Client, 1003, "Messages must be text."},
    {Blame::User, 4006, "The call was continued in another window."},
    {Blame::Server, 1013, "The server has no room for more connections."},
    {Blame::Server, 1001, "The server is shutting down."},
    {Blame::User, 0, "Only a host may do this."},
    {Blame::User, 0, "The room is locked."},
    {Blame::User, 0, "The room has a password."},
    {Blame::User, 0, "The password is wrong."},
    {Blame::User, 0, "Too many wrong passwords were tried. Try again in a minute."},
    {Blame::User, 0, "A host did not let you in."},
    {Blame::User, 4007, "A host removed you from the call."},
    {Blame::User, 4008, "A host banned you from the call."},
    {Blame::User, 4009, "The call was ended for everybody."},
    {Blame::User, 0, "The room is for invited people."},
    {Blame::User, 0, "The invitation is not valid."},
    {Blame::User, 0, "The invitation has expired."},
    {Blame::User, 0, "The invitation is for another room."},
    {Blame::Network, 4010, "Too much comes from this connection or its network. Try again soon."},
}};

}  // namespace

ErrorFacts facts_of(ErrorCode code) { return table[static_cast<std::size_t>(code)]; }

}  // namespace parley
