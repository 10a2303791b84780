import { readFileSync, writeFileSync } from 'node:fs'

const readme = new URL('../../chapters/06-gpu/README.md', import.meta.url)

/**
 * Puts a report where chapter 6's README shows it: between `<!-- bench: name -->` and
 * `<!-- end -->`.
 */
export function record(name, report) {
  const text = readFileSync(readme, 'utf8')
  const start = `<!-- bench: ${name} -->\n`
  const from = text.indexOf(start) + start.length
  const to = text.indexOf('<!-- end -->', from)
  if (from < start.length || to < 0) {
    throw new Error(`chapter 6's README has no place '${start.trim()}' for the report`)
  }
  writeFileSync(readme, `${text.slice(0, from)}\n${report}\n\n${text.slice(to)}`)
  console.error("Written to chapter 6's README as well.")
}
