/** How a product is cut into blocks; all of these are numbers of rows or columns. */
export interface Plan {
  /** Of a block of b: along k, and across. */
  readonly depth: number
  readonly columns: number
  /** Of a block of a. */
  readonly rows: number
}

/** How many columns of b a panel has (assembly/panels.ts). */
export const panelWidth = 16

/**
 * The most numbers that blocks have: those of b stay in a large cache for all rows of a;
 * rows of a, and the sums that they make, stay in a small one.
 */
export const most = { depth: 2048, columns: 8192, ofRight: 1 << 20, ofLeft: 1 << 17 }

/** The plan for [n, k] · [k, m]. */
export function planFor(n: number, k: number, m: number): Plan {
  const depth = Math.min(k, most.depth)
  const columns = Math.min(m, most.columns, wholePanels(most.ofRight / depth))
  const rows = Math.min(n, Math.floor(most.ofLeft / Math.max(depth, columns)))
  return { depth, columns, rows }
}

/** So many columns, and as many more as fill the last panel. */
export function filledPanels(columns: number): number {
  return Math.ceil(columns / panelWidth) * panelWidth
}

/** So many columns, less those that do not fill a panel. */
export function wholePanels(columns: number): number {
  return Math.floor(columns / panelWidth) * panelWidth
}
