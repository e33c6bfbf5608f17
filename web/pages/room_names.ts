import { isRoomName } from "../sdk/names.ts";

// Short, common, easy to tell apart on a bad telephone line, and harmless in any combination.
const manners =
  "amber autumn bold bright calm clear clever cosy cool crisp deep eager early fair fast fine fresh gentle glad golden good grand green happy honest jolly keen kind lively lucky mellow merry mild misty modest noble open plain polite proud quick quiet rapid ready red round silver simple smart smooth snowy soft spring steady summer sunny swift tidy warm wide winter wise young"; // prettier-ignore
const animals =
  "badger bear beaver bee bison camel cat crane deer dog dolphin donkey dove duck eagle elk falcon finch fox frog goat goose hare hawk hedgehog heron horse koala lark lion lynx magpie mole moose mouse otter owl panda parrot penguin pigeon pony puffin rabbit raven robin salmon seal sheep sparrow squirrel starling stork swallow swan tiger toad trout turtle whale wolf wren yak zebra"; // prettier-ignore
const places =
  "bay beach bridge brook canyon castle cliff cloud coast corner cottage creek desert dune farm field forest garden gate glen grove harbor hill island lagoon lake lane lighthouse meadow mill moor mountain oasis orchard park path peak pier plain pond port quay reef ridge river road rock shore spring square station street tower trail tunnel valley village vineyard waterfall well wharf windmill wood yard"; // prettier-ignore

/**
 * A name that can be said over the telephone: about 24 million of them. Whoever knows it can walk
 * in, so it is drawn from the system's source of randomness.
 */
export function randomRoom(): string {
  const words = [manners, animals, places].map((list) => pick(list.split(" ")));
  return [...words, 10 + below(90)].join("-");
}

/** The room that a person means by what they typed or pasted: a name, or a link to a call. */
export function roomFrom(text: string): string | undefined {
  const fromLink = /\/r\/([^/?#\s]+)/.exec(text)?.[1];
  const name = (fromLink ?? text).trim().replace(/\s+/g, "-");
  return isRoomName(name) ? name : undefined;
}

const pick = (list: readonly string[]): string => list[below(list.length)] ?? "";

/** A random integer from 0 to `end` - 1; the bias of the remainder is below 1 in 40 million. */
function below(end: number): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return random % end;
}
