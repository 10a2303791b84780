import type { EpochRecord, Scores } from '../history.ts'

/** A page with a picture, and what it shows as a table. */
export function pageOf(svg: string, epochs: readonly EpochRecord[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Training</title>
<style>
  body { font: 15px system-ui, sans-serif; margin: 2rem auto; max-width: 60rem }
  svg { max-width: 100%; height: auto }
  table { border-collapse: collapse }
  th, td { padding: 0.2rem 1rem 0.2rem 0; text-align: right }
  th { border-bottom: 1px solid }
</style>
<h1>Training</h1>
${svg}
${tableOf(epochs)}
</html>
`
}

function tableOf(epochs: readonly EpochRecord[]): string {
  const rows = epochs.map(({ epoch, train, validation }) => {
    return { epoch, ...numbersOf('', train), ...numbersOf('validation ', validation) }
  })
  const row = (cells: readonly unknown[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(String(cell))}</${tag}>`).join('')}</tr>`
  const lines = [
    row(Object.keys(rows[0]), 'th'),
    ...rows.map((cells) => row(Object.values(cells), 'td')),
  ]
  return `<table>\n${lines.join('\n')}\n</table>`
}

function numbersOf(prefix: string, scores: Scores | undefined): Record<string, string> {
  const entries = Object.entries(scores ?? {}).flatMap(([name, score]) => {
    return typeof score === 'number' ? [[prefix + name, score.toPrecision(4)]] : []
  })
  return Object.fromEntries(entries)
}

function escaped(text: string): string {
  const codes: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
  }
  return text.replace(/[&<>]/g, (letter) => codes[letter])
}
