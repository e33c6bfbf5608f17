import type { Tile } from "./tiles.ts";

/** The element's `layout` attribute. */
export type LayoutWish = "auto" | "grid" | "spotlight";

/** How the tiles are laid out. */
export type Layout =
  | { kind: "grid"; tiles: Tile[] }
  /** One other person large, oneself small in the corner. */
  | { kind: "pair"; main: Tile; corner: Tile }
  /** One tile large, the others in a strip beside or below it. */
  | { kind: "spotlight"; main: Tile; strip: Tile[] };

/**
 * @param speaker key of the tile of whoever spoke last
 * @param pinned key of the tile that the person wants large
 */
export function layOut(
  tiles: Tile[],
  wish: LayoutWish,
  speaker: string | undefined,
  pinned: string | undefined,
): Layout {
  const main =
    tiles.find(({ key }) => key === pinned) ??
    (wish === "grid" ? undefined : automaticMain(tiles, wish, speaker));
  if (!main || tiles.length === 1) return { kind: "grid", tiles };
  const others = tiles.filter((tile) => tile !== main);
  const [other] = others;
  if (other?.self && others.length === 1) return { kind: "pair", main, corner: other };
  return { kind: "spotlight", main, strip: others };
}

function automaticMain(tiles: Tile[], wish: LayoutWish, speaker?: string): Tile | undefined {
  const screen = tiles.find((tile) => tile.screen && !tile.self);
  if (screen) return screen;
  const others = tiles.filter(({ self }) => !self);
  if (others.length === 1 && tiles.length === 2) return others[0];
  if (wish !== "spotlight") return undefined;
  return others.find(({ key }) => key === speaker) ?? others[0];
}
