import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Puts a report where a chapter's README shows it: between `<!-- bench: name -->` and
 * `<!-- end -->`.
 */
export function record(chapter, name, report) {
  const readme = new URL(`../../chapters/${chapter}/README.md`, import.meta.url)
  const text = readFileSync(readme, 'utf8')
  const start = `<!-- bench: ${name} -->\n`
  const from = text.indexOf(start) + start.length
  const to = text.indexOf('<!-- end -->', from)
  if (from < start.length || to < 0) {
    throw new Error(
      `${chapter}/README.md has no place '${start.trim()}' for the report`,
    )
  }
  writeFileSync(readme, `${text.slice(0, from)}\n${report}\n\n${text.slice(to)}`)
  console.error(`Written to chapters/${chapter}/README.md as well.`)
}
