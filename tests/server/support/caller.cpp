#include "tests/server/support/caller.h"

namespace parley::testing {

Caller::Caller(TcpClient connected, std::string_view hint) : socket_(std::move(connected), hint) {
  send(Hello{{protocol_version}, ClientName("test")});
  receive_a<Welcome>();
}

void Caller::join(const std::string& room, std::optional<Resume> resume) {
  Join join;
  join.room = RoomId(room);
  join.name = Name("Ana");
  join.media = {Sending::On, Sending::On, Sending::None};
  join.resume = std::move(resume);
  send(join);
  joined = receive_a<Joined>();
}

void Caller::signal(const Caller& addressee, const std::string& sdp) {
  Offer offer;
  offer.sdp = Sdp(sdp);
  send(SignalTo{addressee.joined.id, addressee.joined.arrival, offer});
}

ServerMessage Caller::receive() {
  const auto text = socket_.receive_text();
  if (!text) {
    socket_ended_ = true;
    ADD_FAILURE() << "the connection ended where a message was due";
    return Pong{};
  }
  auto message = decode_server_message(*text);
  if (!message) {
    ADD_FAILURE() << "the server sent what is no message: " << *text;
    return Pong{};
  }
  return std::move(*message);
}

std::string sdp_of(const SignalFrom& signal) {
  const auto* offer = std::get_if<Offer>(&signal.payload);
  return offer ? offer->sdp.value() : "(no offer)";
}

OtherCall::OtherCall(std::uint16_t port) : first_(port, "other-call"), second_(port, "other-call") {
  first_.join("other-call");
  second_.join("other-call");
}

void OtherCall::expect_goes_on() {
  const std::string sdp = "round " + std::to_string(++round_);
  first_.signal(second_, sdp);
  EXPECT_EQ(sdp_of(second_.receive_a<SignalFrom>()), sdp);
  second_.signal(first_, sdp);
  EXPECT_EQ(sdp_of(first_.receive_a<SignalFrom>()), sdp);
}

}  // namespace parley::testing
