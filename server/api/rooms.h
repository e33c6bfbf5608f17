// The rooms of the server, on whichever shard each lives.
//
// Thread-safety: each runs on the thread of `here`; what it needs of another shard it has that one
// say.
#pragma once

#include "server/api/operation.h"

namespace parley {

// GET /rooms
Task<HttpResponse> list_rooms(Shard& here, const ApiCall& call);

// GET /rooms/{room}
Task<HttpResponse> show_room(Shard& here, const ApiCall& call);

// DELETE /rooms/{room}
Task<HttpResponse> end_room(Shard& here, const ApiCall& call);

// POST /rooms/{room}/messages
Task<HttpResponse> tell_room(Shard& here, const ApiCall& call);

}  // namespace parley
