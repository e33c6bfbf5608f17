/** Where the tiles of a grid go: so many columns and rows of tiles of this size, in CSS pixels. */
export interface Grid {
  columns: number;
  rows: number;
  width: number;
  height: number;
}

/**
 * Width over height of a tile among others: up to a laptop's camera, and no narrower than what such
 * a camera's picture can be cut to without cutting into a face.
 */
const narrowest = 1;
const widest = 16 / 9;

/** The arrangement of `count` tiles that shows them largest in the given space. */
export function arrange(count: number, width: number, height: number, gap: number): Grid {
  if (count === 1) return { columns: 1, rows: 1, width, height };
  let best: Grid = { columns: 1, rows: Math.max(count, 1), width: 0, height: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const cell_width = (width - gap * (columns - 1)) / columns;
    const cell_height = (height - gap * (rows - 1)) / rows;
    if (cell_width <= 0 || cell_height <= 0) continue;
    const tile = {
      columns,
      rows,
      width: Math.floor(Math.min(cell_width, cell_height * widest)),
      height: Math.floor(Math.min(cell_height, cell_width / narrowest)),
    };
    if (tile.width * tile.height > best.width * best.height) best = tile;
  }
  return best;
}
