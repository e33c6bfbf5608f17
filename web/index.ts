// parley.js: the SDK, and the element <parley-call>.
export type { Call } from "./sdk/call.ts";
export type { CallEvents, DeviceChange, Message, StateChange } from "./sdk/call_events.ts";
export type { CallState, Medium, PeerState, Problem } from "./sdk/core_types.ts";
export type { Drill, DrillOptions } from "./sdk/driver/drills.ts";
export type { Credentials, Door, Role, RoomSettings, Visitor } from "./sdk/hosting.ts";
export type { Device, Devices } from "./sdk/media/devices.ts";
export { ParleyError, type ParleyErrorCode } from "./sdk/errors.ts";
export { type JoinOptions, type OpenOptions, Parley } from "./sdk/parley.ts";
export type { Participant, Self } from "./sdk/participants.ts";
export type { LinkReport, PathReport, StreamReport } from "./sdk/stats/report.ts";
export { ParleyCall } from "./widget/parley_call/parley_call.ts";
