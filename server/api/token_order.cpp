#include "server/api/token_order.h"

#include "server/api/body.h"

namespace parley {
namespace {

// A day's; who is in a call stays in it when its token ends.
constexpr std::chrono::seconds default_validity = std::chrono::hours(24);
// As `parley token`'s: what is good for longer is a password.
constexpr std::chrono::seconds longest_validity = std::chrono::hours(24 * 366);

struct TokenOrder {
  RoomId room;
  std::optional<Identity> identity;  // absent: the name
  std::optional<Name> name;
  std::optional<Standing> role;  // absent: guest
  std::optional<std::uint32_t> expires_in_seconds;

  static constexpr auto fields() {
    return std::tuple(field("room", &TokenOrder::room), field("identity", &TokenOrder::identity),
                      field("name", &TokenOrder::name), field("role", &TokenOrder::role),
                      field("expiresInSeconds", &TokenOrder::expires_in_seconds));
  }
};

}  // namespace

Result<AccessToken, HttpResponse> read_token_order(std::string_view text,
                                                   std::chrono::sys_seconds now) {
  const auto order = read_body<TokenOrder>(text);
  if (!order) return order.error();
  const auto validity = order->expires_in_seconds ? std::chrono::seconds(*order->expires_in_seconds)
                                                  : default_validity;
  if (validity < std::chrono::seconds(1) || validity > longest_validity) {
    return error_answer(400, "bad-field", "The field expiresInSeconds is not from 1 to 31622400.");
  }
  const Identity identity = order->identity ? *order->identity
                            : order->name   ? Identity(order->name->value())
                                            : Identity();
  if (identity.empty()) {
    return error_answer(400, "bad-field", "A token needs an identity or a name.");
  }
  return AccessToken{order->room, identity, order->role.value_or(Standing::Guest), order->name,
                     now + validity};
}

}  // namespace parley
