/**
 * The part of a product that one workgroup computes, `rows` × `columns`, of which each
 * invocation has `rowsEach` × `columnsEach`; `depth` is how much of the inner axis is
 * in shared memory at a time.
 */
export interface Tile {
  readonly rows: number
  readonly columns: number
  readonly depth: number
  readonly rowsEach: number
  readonly columnsEach: number
  /** How fast it computes where it is not wasted, next to the fastest. */
  readonly speed: number
}

/**
 * The larger a tile, the more often each number is used that was brought to shared
 * memory: 64 times in the first one. But large tiles are few, and stick out at the
 * edges.
 */
const tiles: readonly Tile[] = [
  { rows: 128, columns: 128, depth: 16, rowsEach: 8, columnsEach: 8, speed: 1 },
  { rows: 128, columns: 128, depth: 8, rowsEach: 8, columnsEach: 8, speed: 0.9 },
  { rows: 64, columns: 64, depth: 16, rowsEach: 4, columnsEach: 4, speed: 0.7 },
  { rows: 32, columns: 32, depth: 16, rowsEach: 4, columnsEach: 4, speed: 0.4 },
  { rows: 16, columns: 64, depth: 16, rowsEach: 4, columnsEach: 4, speed: 0.4 },
  { rows: 64, columns: 16, depth: 16, rowsEach: 4, columnsEach: 4, speed: 0.4 },
]

/** So many invocations keep a large GPU busy. */
const enough = 32_768
/** A part of the inner axis that is worth a workgroup of its own. */
const worthwhile = 128

export interface TilePlan {
  readonly tile: Tile
  /** How many workgroups share the inner axis of one tile. */
  readonly parts: number
}

/** How many invocations compute a tile. */
export function invocations({ rows, columns, rowsEach, columnsEach }: Tile): number {
  return (rows * columns) / (rowsEach * columnsEach)
}

/** What both strips of a tile take of the shared memory, padding included. */
function sharedBytes({ rows, columns, depth }: Tile): number {
  return (rows + columns) * (depth + 4) * 4
}

/**
 * The tile that takes least time for `batch` products [n, k] · [k, m], by estimate, of
 * those that fit a shared memory of `room` bytes.
 */
export function planTiles(
  room: number,
  batch: number,
  n: number,
  m: number,
  k: number,
): TilePlan {
  const plans = tiles
    .filter((tile) => sharedBytes(tile) <= room)
    .map((tile) => {
      const groups = batch * Math.ceil(n / tile.rows) * Math.ceil(m / tile.columns)
      const busy = enough / invocations(tile)
      const parts = Math.max(1, Math.floor(Math.min(busy / groups, k / worthwhile)))
      const work = groups * tile.rows * tile.columns
      // Parts are to be added up: that takes a pass through all of them.
      const idle = Math.max(1, busy / (groups * parts))
      return { tile, parts, cost: (work * idle * (1 + parts / 64)) / tile.speed }
    })
  return plans.reduce((best, plan) => (plan.cost < best.cost ? plan : best))
}
