import type { Input, Output } from "../core_types.ts";

/** What the recorder around the core's call (core/journal/) takes and yields by itself. */
type RecorderInput = { type: "export-journal" };
type RecorderOutput = { type: "journal"; text: string };

export type AnyInput = Input | RecorderInput;
export type AnyOutput = Output | RecorderOutput;

export type HintCause = Extract<Input, { type: "hint" }>["cause"];

export type Feed = (input: AnyInput) => void;

export type OutputOf<K extends AnyOutput["type"]> = Extract<AnyOutput, { type: K }>;

/** For each kind of output what carries it out. */
export type Handlers = { [K in AnyOutput["type"]]: (output: OutputOf<K>) => void };

/** The handlers of some kinds of output, held by the part that carries those out. */
export type HandlersOf<K extends AnyOutput["type"]> = Pick<Handlers, K>;
