type Row = readonly string[]

/**
 * Columns side by side, the last one to the right, between a header and a last line.
 */
export function formatTable(header: Row, rows: readonly Row[], footer: string): string {
  const widths = header.map((_, column) => {
    return Math.max(...[header, ...rows].map((row) => row[column].length))
  })
  const last = header.length - 1
  const line = (row: Row) => {
    const cells = row.map((cell, column) =>
      column === last ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
    )
    return cells.join('  ').trimEnd()
  }
  const width = widths.reduce((sum, each) => sum + each + 2, -2)
  const rule = '─'.repeat(width)
  return [line(header), rule, ...rows.map(line), rule, footer].join('\n')
}
