type Row = readonly string[]

export interface TableOptions {
  /** The columns that are aligned to the right, as numbers are. Default: none. */
  readonly right?: readonly number[]
  /** What stands below the last line. Default: nothing. */
  readonly footer?: string
}

/**
 * Columns side by side, below a header.
 * @example
 * formatTable(['op', 'ms'], [['add', '12.5'], ['exp', '3.0']], { right: [1] })
 * // → op     ms
 * //   ─────────
 * //   add  12.5
 * //   exp   3.0
 */
export function formatTable(
  header: Row,
  rows: readonly Row[],
  { right = [], footer }: TableOptions = {},
): string {
  const widths = header.map((_, column) => {
    return Math.max(...[header, ...rows].map((row) => row[column].length))
  })
  const line = (row: Row) => {
    const cells = row.map((cell, column) =>
      right.includes(column)
        ? cell.padStart(widths[column])
        : cell.padEnd(widths[column]),
    )
    return cells.join('  ').trimEnd()
  }
  const rule = '─'.repeat(widths.reduce((sum, each) => sum + each + 2, -2))
  const end = footer === undefined ? [] : [rule, footer]
  return [line(header), rule, ...rows.map(line), ...end].join('\n')
}
