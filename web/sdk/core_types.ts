// Made by parley-types from the field lists in core/call/; do not edit.
// A test compares this file with what the C++ sources say.

export type Medium = "audio" | "camera" | "screen";

export type Sending = "none" | "off" | "on";

export type Presence = "here" | "away";

export type CallState = "idle" | "joining" | "waiting" | "connecting" | "connected" | "reconnecting" | "failed" | "ended";

export type PeerState = "connecting" | "connected" | "reconnecting" | "failed";

export type PathState = "new" | "connecting" | "connected" | "disconnected" | "failed" | "closed";

export type MediaProblem = "denied-by-user" | "denied-by-system" | "denied-by-policy" | "in-use" | "not-found" | "insecure-page" | "cancelled" | "other";

export type Problem = "media-denied-by-user" | "media-denied-by-system" | "media-denied-by-policy" | "media-in-use" | "media-not-found" | "media-insecure-page" | "media-failed" | "media-lost" | "device-unavailable" | "server-unreachable" | "server-refused" | "room-full" | "replaced" | "path-failed" | "room-locked" | "password-required" | "wrong-password" | "too-many-passwords" | "not-admitted" | "removed" | "banned" | "call-ended" | "token-required" | "token-invalid" | "token-expired";

export interface Media {
  audio: "none" | "off" | "on";
  camera: "none" | "off" | "on";
  screen: "none" | "off" | "on";
}

export interface IceServer {
  urls: string[];
  username?: string;
  credential?: string;
}

export interface Candidate {
  type: "candidate";
  candidate: string;
  sdpMid?: string;
  sdpMLineIndex?: number;
  usernameFragment?: string;
}

export interface Resume {
  id: string;
  secret: string;
  arrival?: number;
  attempt?: { page: number; number: number; };
}

export interface ResumeTicket {
  secret: string;
  withinSeconds: number;
}

export interface SelfView {
  id?: string;
  name: string;
  media: { audio: "none" | "off" | "on"; camera: "none" | "off" | "on"; screen: "none" | "off" | "on"; };
  interrupted: ("audio" | "camera" | "screen")[];
  mutedBy: { medium: "audio" | "camera" | "screen"; by: string; }[];
  role?: "guest" | "host";
}

export interface PeerView {
  id: string;
  name: string;
  media: { audio: "none" | "off" | "on"; camera: "none" | "off" | "on"; screen: "none" | "off" | "on"; };
  presence: "here" | "away";
  state: "connecting" | "connected" | "reconnecting" | "failed";
  interruption?: "silent" | "path-lost" | "path-failed" | "connection-broken";
  link?: number;
  successor?: number;
  pictures?: number;
  role?: "guest" | "host";
}

export interface View {
  type: "view";
  state: "idle" | "joining" | "waiting" | "connecting" | "connected" | "reconnecting" | "failed" | "ended";
  problem?: "media-denied-by-user" | "media-denied-by-system" | "media-denied-by-policy" | "media-in-use" | "media-not-found" | "media-insecure-page" | "media-failed" | "media-lost" | "device-unavailable" | "server-unreachable" | "server-refused" | "room-full" | "replaced" | "path-failed" | "room-locked" | "password-required" | "wrong-password" | "too-many-passwords" | "not-admitted" | "removed" | "banned" | "call-ended" | "token-required" | "token-invalid" | "token-expired";
  room?: string;
  self: { id?: string; name: string; media: { audio: "none" | "off" | "on"; camera: "none" | "off" | "on"; screen: "none" | "off" | "on"; }; interrupted: ("audio" | "camera" | "screen")[]; mutedBy: { medium: "audio" | "camera" | "screen"; by: string; }[]; role?: "guest" | "host"; };
  participants: { id: string; name: string; media: { audio: "none" | "off" | "on"; camera: "none" | "off" | "on"; screen: "none" | "off" | "on"; }; presence: "here" | "away"; state: "connecting" | "connected" | "reconnecting" | "failed"; interruption?: "silent" | "path-lost" | "path-failed" | "connection-broken"; link?: number; successor?: number; pictures?: number; role?: "guest" | "host"; }[];
  resume?: { secret: string; withinSeconds: number; };
  admission?: { place: number; };
  settings?: { door: "open" | "waiting-room" | "locked"; hasPassword: boolean; };
  queue: { id: string; name: string; }[];
}

export type Input =
  | { type: "open"; room: string; audio: boolean; camera: boolean; resume?: { id: string; secret: string; arrival?: number; attempt?: { page: number; number: number; }; }; audioDevice?: string; cameraDevice?: string; }
  | { type: "join"; name: string; password?: string; token?: string; }
  | { type: "leave"; }
  | { type: "set-sending"; medium: "audio" | "camera" | "screen"; on: boolean; }
  | { type: "choose-device"; medium: "audio" | "camera" | "screen"; device?: string; }
  | { type: "set-name"; name: string; }
  | { type: "moderate"; action: { type: "admit"; id?: string; } | { type: "refuse"; id: string; } | { type: "remove"; id: string; } | { type: "ban"; id: string; } | { type: "mute"; id?: string; medium: "audio" | "camera" | "screen"; } | { type: "make-host"; id: string; } | { type: "configure"; door?: "open" | "waiting-room" | "locked"; password?: string; } | { type: "end-call"; }; }
  | { type: "media-acquired"; action: number; audioDevice?: string; cameraDevice?: string; }
  | { type: "media-failed"; action: number; problem: "denied-by-user" | "denied-by-system" | "denied-by-policy" | "in-use" | "not-found" | "insecure-page" | "cancelled" | "other"; }
  | { type: "action-done"; action: number; sdp?: string; }
  | { type: "action-failed"; action: number; error: string; }
  | { type: "socket-opened"; socket: number; }
  | { type: "socket-message"; socket: number; text: string; }
  | { type: "socket-closed"; socket: number; code: number; }
  | { type: "link-candidate"; link: number; candidate: { type: "candidate"; candidate: string; sdpMid?: string; sdpMLineIndex?: number; usernameFragment?: string; }; }
  | { type: "link-candidates-end"; link: number; }
  | { type: "link-path"; link: number; state: "new" | "connecting" | "connected" | "disconnected" | "failed" | "closed"; }
  | { type: "link-silent"; link: number; }
  | { type: "link-heard"; link: number; }
  | { type: "link-pictured"; link: number; }
  | { type: "link-rerouted"; link: number; }
  | { type: "media-ended"; medium: "audio" | "camera" | "screen"; }
  | { type: "media-interrupted"; medium: "audio" | "camera" | "screen"; interrupted: boolean; }
  | { type: "devices"; audio: string[]; camera: string[]; }
  | { type: "hint"; cause: "online" | "network-changed" | "page-visible"; }
  | { type: "tick"; };

export type Output =
  | { type: "open-socket"; socket: number; room: string; server?: string; }
  | { type: "send"; socket: number; text: string; }
  | { type: "close-socket"; socket: number; }
  | { type: "acquire-media"; action: number; audio: boolean; camera: boolean; audioDevice?: string; cameraDevice?: string; }
  | { type: "acquire-screen"; action: number; }
  | { type: "enable-track"; medium: "audio" | "camera" | "screen"; enabled: boolean; }
  | { type: "release-media"; medium: "audio" | "camera" | "screen"; }
  | { type: "create-link"; link: number; role: "offering" | "answering"; iceServers: { urls: string[]; username?: string; credential?: string; }[]; }
  | { type: "set-ice-servers"; link: number; iceServers: { urls: string[]; username?: string; credential?: string; }[]; transport: "all" | "relay"; }
  | { type: "watch-link"; link: number; silentAfterMilliseconds: number; }
  | { type: "await-pictures"; link: number; media: ("audio" | "camera" | "screen")[]; withinMilliseconds: number; }
  | { type: "set-local"; action: number; link: number; kind: "offer" | "answer" | "rollback"; }
  | { type: "set-remote"; action: number; link: number; kind: "offer" | "answer" | "rollback"; sdp: string; }
  | { type: "add-candidate"; action: number; link: number; candidate: { type: "candidate"; candidate: string; sdpMid?: string; sdpMLineIndex?: number; usernameFragment?: string; }; }
  | { type: "restart-ice"; link: number; }
  | { type: "refresh-pictures"; link: number; }
  | { type: "scale-camera"; divisor: number; }
  | { type: "close-link"; link: number; }
  | { type: "view"; state: "idle" | "joining" | "waiting" | "connecting" | "connected" | "reconnecting" | "failed" | "ended"; problem?: "media-denied-by-user" | "media-denied-by-system" | "media-denied-by-policy" | "media-in-use" | "media-not-found" | "media-insecure-page" | "media-failed" | "media-lost" | "device-unavailable" | "server-unreachable" | "server-refused" | "room-full" | "replaced" | "path-failed" | "room-locked" | "password-required" | "wrong-password" | "too-many-passwords" | "not-admitted" | "removed" | "banned" | "call-ended" | "token-required" | "token-invalid" | "token-expired"; room?: string; self: { id?: string; name: string; media: { audio: "none" | "off" | "on"; camera: "none" | "off" | "on"; screen: "none" | "off" | "on"; }; interrupted: ("audio" | "camera" | "screen")[]; mutedBy: { medium: "audio" | "camera" | "screen"; by: string; }[]; role?: "guest" | "host"; }; participants: { id: string; name: string; media: { audio: "none" | "off" | "on"; camera: "none" | "off" | "on"; screen: "none" | "off" | "on"; }; presence: "here" | "away"; state: "connecting" | "connected" | "reconnecting" | "failed"; interruption?: "silent" | "path-lost" | "path-failed" | "connection-broken"; link?: number; successor?: number; pictures?: number; role?: "guest" | "host"; }[]; resume?: { secret: string; withinSeconds: number; }; admission?: { place: number; }; settings?: { door: "open" | "waiting-room" | "locked"; hasPassword: boolean; }; queue: { id: string; name: string; }[]; }
  | { type: "report"; problem: "media-denied-by-user" | "media-denied-by-system" | "media-denied-by-policy" | "media-in-use" | "media-not-found" | "media-insecure-page" | "media-failed" | "media-lost" | "device-unavailable" | "server-unreachable" | "server-refused" | "room-full" | "replaced" | "path-failed" | "room-locked" | "password-required" | "wrong-password" | "too-many-passwords" | "not-admitted" | "removed" | "banned" | "call-ended" | "token-required" | "token-invalid" | "token-expired"; medium?: "audio" | "camera" | "screen"; participant?: string; sentence: string; }
  | { type: "device-notice"; medium: "audio" | "camera" | "screen"; device: string; lost?: string; }
  | { type: "notice"; text: string; }
  | { type: "ignored"; input: string; reason: string; };

