#include "server/api/rooms.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <charconv>
#include <exception>
#include <iterator>

#include "core/base/json_codec.h"
#include "server/api/answer.h"
#include "server/api/body.h"
#include "server/api/room_records.h"
#include "server/http/request_path.h"
#include "server/runtime/service.h"

namespace parley {
namespace {

// An answer of 100 KiB; who wants more asks again.
constexpr std::size_t most_rooms = 1'000;

// What somebody who asks the API to tell a room something says of it.
struct RoomMessage {
  NoticeText text;
  static constexpr auto fields() { return std::tuple(field("text", &RoomMessage::text)); }
};

enum class Found : std::uint8_t { No, Yes };

// --- On the shard of the rooms -----------------------------------------------------------------

Task<std::vector<RoomSummary>> rooms_on(Shard& shard, RoomId after, std::size_t most) {
  std::vector<RoomSummary> summaries;
  for (const Room* room : shard.rooms().after(after, most)) summaries.push_back(summary_of(*room));
  co_return summaries;
}

Task<std::optional<RoomRecord>> room_on(Shard& shard, RoomId id) {
  const Room* room = shard.rooms().find(id);
  co_return room ? std::optional(record_of(*room)) : std::nullopt;
}

Task<Found> end_on(Shard& shard, RoomId id) {
  if (shard.rooms().find(id) == nullptr) co_return Found::No;
  shard.end_room(id);
  co_return Found::Yes;
}

Task<Found> tell_on(Shard& shard, RoomId id, NoticeText text) {
  if (shard.rooms().find(id) == nullptr) co_return Found::No;
  shard.tell_room(id, std::move(text));
  co_return Found::Yes;
}

// --- On the connection's -----------------------------------------------------------------------

Shard& home_of(Shard& here, const RoomId& room) {
  Service& service = here.service();
  return *service.shards[service.home_of(room.value())];
}

HttpResponse unknown_room() {
  return error_answer(404, "unknown-room", "Nobody is in a room of this name.");
}

HttpResponse bad_parameter(std::string_view message) {
  return error_answer(400, "bad-parameter", message);
}

// How many rooms to tell; nothing where what was asked for is no such number.
std::optional<std::size_t> limit_of(std::string_view target) {
  const auto text = query_parameter(target, "limit");
  if (!text) return most_rooms;
  std::size_t limit = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), limit);
  const bool is_number = error == std::errc() && end == text->data() + text->size();
  if (!is_number || limit < 1 || limit > most_rooms) return std::nullopt;
  return limit;
}

}  // namespace

Task<HttpResponse> list_rooms(Shard& here, const ApiCall& call) {
  const auto limit = limit_of(call.target);
  if (!limit) co_return bad_parameter("The parameter limit is not from 1 to 1000.");
  const std::string after = query_parameter(call.target, "after").value_or("");
  if (!after.empty() && !RoomId::accepts(after)) {
    co_return bad_parameter("The parameter after is no room's name.");
  }
  RoomPage page;
  for (const auto& shard : here.service().shards) {
    // One more than is told shows that there are more.
    auto [failure, rooms] = co_await asio::co_spawn(
        shard->executor(), rooms_on(*shard, RoomId(after), *limit + 1), as_result);
    if (failure) std::rethrow_exception(failure);
    std::ranges::move(rooms, std::back_inserter(page.rooms));
  }
  std::ranges::sort(page.rooms, [](const RoomSummary& left, const RoomSummary& right) {
    return left.id < right.id;
  });
  if (page.rooms.size() > *limit) {
    page.rooms.resize(*limit);
    page.next = page.rooms.back().id;
  }
  co_return json_answer(200, to_json(page));
}

Task<HttpResponse> show_room(Shard& here, const ApiCall& call) {
  if (!RoomId::accepts(call.parameter)) co_return unknown_room();
  const RoomId id(call.parameter);
  Shard& home = home_of(here, id);
  const auto [failure, record] =
      co_await asio::co_spawn(home.executor(), room_on(home, id), as_result);
  if (failure) std::rethrow_exception(failure);
  co_return record ? json_answer(200, to_json(*record)) : unknown_room();
}

Task<HttpResponse> end_room(Shard& here, const ApiCall& call) {
  if (!RoomId::accepts(call.parameter)) co_return unknown_room();
  const RoomId id(call.parameter);
  Shard& home = home_of(here, id);
  const auto [failure, found] =
      co_await asio::co_spawn(home.executor(), end_on(home, id), as_result);
  if (failure) std::rethrow_exception(failure);
  co_return found == Found::Yes ? empty_answer() : unknown_room();
}

Task<HttpResponse> tell_room(Shard& here, const ApiCall& call) {
  auto message = read_body<RoomMessage>(call.body);
  if (!message) co_return message.error();
  if (!RoomId::accepts(call.parameter)) co_return unknown_room();
  const RoomId id(call.parameter);
  Shard& home = home_of(here, id);
  const auto [failure, found] = co_await asio::co_spawn(
      home.executor(), tell_on(home, id, std::move(message->text)), as_result);
  if (failure) std::rethrow_exception(failure);
  co_return found == Found::Yes ? empty_answer() : unknown_room();
}

}  // namespace parley
