// Everything that can go wrong between a client and the server: a stable code, a sentence for the
// person or developer, and whose fault it is. One table maps errors to WebSocket close codes.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace parley {

enum class ErrorCode : std::uint8_t {
  BadMessage,
  UnknownType,
  HelloRequired,
  HelloTimeout,
  UnsupportedVersion,
  AlreadyJoined,
  NotJoined,
  RoomFull,
  UnknownParticipant,
  TooManyErrors,
  TooSlow,
  TooLarge,
  NotText,
  Replaced,
  ServerFull,
  ShuttingDown,
  NotAllowed,
  RoomLocked,
  PasswordRequired,
  WrongPassword,
  TooManyPasswords,
  NotAdmitted,
  Removed,
  Banned,
  CallEnded,
  TokenRequired,
  TokenInvalid,
  TokenExpired,
  TokenForOtherRoom,
  RateLimited,
};
constexpr auto names_of(ErrorCode) {
  return std::array<std::string_view, 30>{"bad-message",
                                          "unknown-type",
                                          "hello-required",
                                          "hello-timeout",
                                          "unsupported-version",
                                          "already-joined",
                                          "not-joined",
                                          "room-full",
                                          "unknown-participant",
                                          "too-many-errors",
                                          "too-slow",
                                          "too-large",
                                          "not-text",
                                          "replaced",
                                          "server-full",
                                          "shutting-down",
                                          "not-allowed",
                                          "room-locked",
                                          "password-required",
                                          "wrong-password",
                                          "too-many-passwords",
                                          "not-admitted",
                                          "removed",
                                          "banned",
                                          "call-ended",
                                          "token-required",
                                          "token-invalid",
                                          "token-expired",
                                          "token-for-other-room",
                                          "rate-limited"};
}

// Whose doing it is, and so who can mend it.
enum class Blame : std::uint8_t {
  Client,   // the program that speaks the protocol
  User,     // the person: choose another room, close the other window
  Server,   // the server or whoever runs it
  Network,  // the connection between them
};
constexpr auto names_of(Blame) {
  return std::array<std::string_view, 4>{"client", "user", "server", "network"};
}

struct ErrorFacts {
  Blame blame;
  std::uint16_t close_code;  // RFC 6455 section 7.4; 0 when the connection stays open
  std::string_view sentence;
};

ErrorFacts facts_of(ErrorCode code);

}  // namespace parley
