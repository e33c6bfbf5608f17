#include "load/dialect.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace bench {
namespace {

using Json = nlohmann::json;

// What a page sends: an offer, with its text as the body.
std::string signal_payload(std::string_view body) {
  return R"({"type":"offer","id":1,"link":1,"candidates":[],"sdp":")" + std::string(body) + "\"}";
}

class ParleyDialect : public Dialect {
 public:
  std::string target(const Member& member) const override { return "/ws?room=" + member.room; }
  std::string_view subprotocol() const override { return "parley.v1"; }

  std::string opened(Member&) const override {
    return R"({"type":"hello","versions":[1],"client":"relay-load"})";
  }

  std::string received(Member& member, std::string_view text) const override {
    const auto message = Json::parse(text);
    const std::string type = message.at("type");
    if (type == "welcome") {
      return R"({"type":"join","room":")" + member.room +
             R"(","name":"Load","media":{"audio":"on","camera":"on","screen":"none"}})";
    }
    if (type == "joined" && !message.at("participants").empty()) {
      meet(member, message.at("participants").at(0));
    } else if (type == "participant-joined") {
      meet(member, message.at("participant"));
    } else if (type == "error") {
      member.error = text;
    }
    return {};
  }

  std::string message(const Member& member, std::string_view body) const override {
    return R"({"type":"signal",)" + member.other + R"(,"payload":)" + signal_payload(body) + "}";
  }

 private:
  static void meet(Member& member, const Json& participant) {
    member.other = "\"to\":" + participant.at("id").dump() +
                   ",\"arrival\":" + participant.at("arrival").dump();
    member.ready = true;
  }
};

// peers/ws.mjs: what its authors' examples grow into, JSON objects with a type.
class WsDialect : public Dialect {
 public:
  std::string target(const Member&) const override { return "/"; }

  std::string opened(Member& member) const override {
    return R"({"type":"join","room":")" + member.room + "\"}";
  }

  std::string received(Member& member, std::string_view text) const override {
    const auto message = Json::parse(text);
    const std::string type = message.at("type");
    if (type == "joined" && !message.at("participants").empty()) {
      member.other = message.at("participants").at(0);
    } else if (type == "participant-joined") {
      member.other = message.at("id");
    }
    member.ready = !member.other.empty();
    return {};
  }

  std::string message(const Member& member, std::string_view body) const override {
    return R"({"type":"signal","to":")" + member.other + R"(","payload":)" + signal_payload(body) +
           "}";
  }
};

// Engine.IO 4 and Socket.IO 5 packets: a digit for each of the two layers before the JSON.
class SocketIoDialect : public Dialect {
 public:
  std::string target(const Member&) const override {
    return "/socket.io/?EIO=4&transport=websocket";
  }

  std::string opened(Member&) const override { return {}; }

  std::string received(Member& member, std::string_view text) const override {
    if (text.starts_with("0")) return "40";  // open: connect to the default namespace
    if (text == "2") return "3";             // ping: pong
    if (text.starts_with("40")) return R"(42["join",")" + member.room + "\"]";
    if (text.starts_with("42")) {
      const auto event = Json::parse(text.substr(2));
      if (event.at(0) == "joined" && !event.at(1).empty()) {
        member.other = event.at(1).at(0);
      } else if (event.at(0) == "participant-joined") {
        member.other = event.at(1);
      }
      member.ready = !member.other.empty();
    }
    return {};
  }

  std::string message(const Member& member, std::string_view body) const override {
    return R"(42["signal",{"to":")" + member.other + R"(","payload":)" + signal_payload(body) +
           "}]";
  }
};

// bare_relay: pairs by the target, forwards anything.
class BareDialect : public Dialect {
 public:
  std::string target(const Member& member) const override { return "/?room=" + member.room; }

  std::string opened(Member& member) const override {
    member.ready = true;
    return {};
  }

  std::string received(Member&, std::string_view) const override { return {}; }

  std::string message(const Member&, std::string_view body) const override {
    return R"({"type":"signal","payload":)" + signal_payload(body) + "}";
  }
};

}  // namespace

std::unique_ptr<Dialect> make_dialect(std::string_view name) {
  if (name == "parley") return std::make_unique<ParleyDialect>();
  if (name == "ws") return std::make_unique<WsDialect>();
  if (name == "socket.io") return std::make_unique<SocketIoDialect>();
  if (name == "bare") return std::make_unique<BareDialect>();
  throw std::invalid_argument("no such dialect: " + std::string(name));
}

}  // namespace bench
