import { availableParallelism, cpus, loadavg } from 'node:os'

/** The machine that the figures depend on. */
export function machine() {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
  }
}

/** How many programs wanted to compute at once, over the last minute. */
export const load = () => Number(loadavg()[0].toFixed(1))

/** On what a report's figures were measured, and what else that computed meanwhile. */
export function where({ processor, cores, platform, node }, loads) {
  return [
    `- ${processor}, ${cores} cores, ${platform}, Node ${node}`,
    `- ${loadLine(loads)}`,
  ]
}

/** The bench itself is a load of 1: what is above it was others, who were in its way. */
function loadLine([before, after]) {
  const busy = Math.max(before + 1, after) > 2
  const advice = busy
    ? ': others computed here too, so measure again when they rest'
    : ''
  return `load ${before} before and ${after} after${advice}`
}

/**
 * The whole report as Markdown: what was measured where, the figures, the ratios, and
 * what a reader must know of them. `rows` has `{ item, results }` for each item, `columns`
 * the peers measured, DeepDive first, and `absent` those missing, each with the reason.
 */
export function report({ machine, loads, effort, starts, rows, columns, absent }) {
  const label = ({ id, operations }) => (operations ? `${id}, GFLOP/s` : id)
  const find = (results, peer) => results.find((each) => each.peer === peer.id)
  const [deepdive, ...others] = columns
  const figures = rows.map(({ item, results }) => [
    label(item),
    ...columns.map((peer) => figure(item, find(results, peer))),
  ])
  const ratios = rows.map(({ item, results }) => [
    item.id,
    ...others.map((peer) => ratio(find(results, deepdive), find(results, peer))),
  ])
  return [
    ...where(machine, loads),
    `- one thread each, unless said; ${policy(effort)}`,
    ...columns.map((peer) => `- ${peer.name} ${version(rows, peer)}`),
    ...absent.map(({ name, reason }) => `- ${name}: ${reason}`),
    ...starts.map(
      ({ name, seconds }) =>
        `- ${name}: ${duration(seconds)} from its import to its first product`,
    ),
    '',
    ...table(['', ...columns.map(({ name }) => name)], figures),
    '',
    'How much faster or slower DeepDive is:',
    '',
    ...table(['than', ...others.map(({ name }) => name)], ratios),
    '',
    ...rows.map(({ item }) => `- ${item.id}: ${item.what}`),
    ...notes(rows, columns).map((note) => `- ${note}`),
  ].join('\n')
}

function policy({ rounds, round }) {
  return rounds > 1
    ? `the best of ${rounds} medians, each over ${round} s`
    : `the median over ${round} s: a quick look`
}

function version(rows, peer) {
  const results = rows.flatMap(({ results }) => results)
  return results.find((each) => each.peer === peer.id && each.version)?.version ?? ''
}

function notes(rows, columns) {
  const found = columns.flatMap((peer) =>
    rows.flatMap(({ item, results }) => {
      const { error } = results.find((each) => each.peer === peer.id)
      if (error !== undefined) return [`${peer.name}, ${item.id}, failed: ${error}`]
      const note = peer.notes?.[item.kind]
      return note === undefined ? [] : [`${peer.name}, ${item.kind}: ${note}`]
    }),
  )
  return [...new Set(found)]
}

function figure({ operations }, { seconds, lacks }) {
  if (seconds === undefined) return lacks ? '–' : 'failed'
  if (operations) return digits(operations / seconds / 1e9)
  return duration(seconds)
}

/** A time in the unit that says it in few digits. */
export function duration(seconds) {
  if (seconds < 1e-3) return `${digits(seconds * 1e6)} µs`
  if (seconds < 1) return `${digits(seconds * 1e3)} ms`
  return `${digits(seconds)} s`
}

function ratio(ours, theirs) {
  if (ours.seconds === undefined || theirs.seconds === undefined) return '–'
  return comparison(theirs.seconds / ours.seconds)
}

/** How many times faster, or slower. */
export function comparison(faster) {
  return faster >= 1 ? `${digits(faster)}× faster` : `${digits(1 / faster)}× slower`
}

/** Three digits, or all of those before the point. */
const digits = (value) =>
  value >= 100 ? value.toFixed(0) : Number(value).toPrecision(3)

/** A Markdown table whose columns are padded, so that it reads well as plain text. */
export function table(head, rows) {
  const all = [head, ...rows]
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i].length)))
  const line = (row) =>
    `| ${row.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join(' | ')} |`
  const rule = widths.map((width, i) =>
    i ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  )
  return [line(head), line(rule), ...rows.map(line)]
}
