/** How products are cut into blocks. */
export interface Plan {
  /** Rows and columns of a block of b. */
  readonly depth: number
  readonly columns: number
  /** Rows of a block of a. */
  readonly rows: number
  /** How many blocks of b, and of a with their sums, are in memory at a time. */
  readonly rights: number
  readonly lefts: number
}

/** How many columns of b a panel has (assembly/panels.ts). */
export const panelWidth = 16

/**
 * The most numbers that blocks have: one of b stays in a large cache for all rows of a;
 * rows of a, and the sums that they make, stay in a small one. Where there are threads,
 * `ofAll` of each kind are in memory at a time.
 */
export const most = {
  depth: 2048,
  columns: 8192,
  ofRight: 1 << 20,
  ofLeft: 1 << 17,
  ofAll: 1 << 22,
}

/** So many multiplications are worth a call of their own. */
const worthACall = 1 << 18

/**
 * The plan for `count` products [n, k] · [k, m], on so many threads. With `across`, it
 * is b that is shared out where there are few products, else a.
 */
export function planFor(
  [n, k, m]: readonly number[],
  count: number,
  threads: number,
  across: boolean,
): Plan {
  const depth = Math.min(k, most.depth)
  const columns = Math.min(m, most.columns, wholePanels(most.ofRight / depth))
  const longest = Math.max(depth, filledPanels(columns))
  const rows = Math.min(n, Math.floor(most.ofLeft / longest))
  const plan = { depth, columns, rows, rights: 1, lefts: 1 }
  if (threads === 1) return plan
  const worthy = Math.ceil((n * depth * m) / worthACall)
  const parts = Math.min(worthy, Math.ceil((2 * threads) / count))
  const shared = across
    ? { ...plan, columns: Math.min(columns, filledPanels(m / parts)) }
    : { ...plan, rows: Math.min(rows, 2 * Math.ceil(n / parts / 2)) }
  return asManyAsFit(shared, 4 * threads)
}

/** As many blocks in memory as that many calls need, if there is room. */
function asManyAsFit(plan: Plan, calls: number): Plan {
  const { depth, columns, rows } = plan
  const width = filledPanels(columns)
  const fitting = (size: number) => Math.max(1, Math.floor(most.ofAll / size))
  const lefts = Math.min(calls, fitting(rows * (2 * depth + width)))
  return { ...plan, lefts, rights: Math.min(lefts, fitting((2 * depth + 1) * width)) }
}

/** So many columns, and as many more as fill the last panel. */
export function filledPanels(columns: number): number {
  return Math.ceil(columns / panelWidth) * panelWidth
}

/** So many columns, less those that do not fill a panel. */
export function wholePanels(columns: number): number {
  return Math.floor(columns / panelWidth) * panelWidth
}
