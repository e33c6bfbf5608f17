import type { Input, Output } from "../core_types.ts";

export type Feed = (input: Input) => void;

export type OutputOf<K extends Output["type"]> = Extract<Output, { type: K }>;

/** For each kind of output what carries it out. */
export type Handlers = { [K in Output["type"]]: (output: OutputOf<K>) => void };

/** The handlers of some kinds of output, held by the part that carries those out. */
export type HandlersOf<K extends Output["type"]> = Pick<Handlers, K>;
