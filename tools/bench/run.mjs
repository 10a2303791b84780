// Measures DeepDive and its peers on the same work, in one run: see README.md.
import { writeFileSync } from 'node:fs'
import { compare, quick, thorough } from './compare.mjs'
import { benchLoader } from './loader/run.mjs'
import { help, readOptions } from './options.mjs'
import { deepdive, gpuDeepdive, lookFor } from './peers.mjs'
import { build, install } from './prepare.mjs'
import { record } from './record.mjs'
import { load, machine, report } from './report.mjs'
import { measureStarts } from './starts.mjs'

try {
  const options = readOptions(process.argv.slice(2))
  if (options.help) console.log(help)
  else if (options.loader) benchLoader()
  else await bench(options)
} catch (error) {
  console.error(`bench: ${error.message}`)
  if (error.code?.startsWith('ERR_PARSE_ARGS')) {
    console.error('`npm run bench -- --help` lists what there is.')
  }
  process.exitCode = 1
}

async function bench({ work, peers, gpu, source, json, complete, ...options }) {
  install()
  if (!source) build('@deepdive/gpu')
  const us = gpu ? gpuDeepdive : deepdive
  const effort = options.quick ? quick : thorough
  const { present: columns, absent } = lookFor([us({ source }), ...peers])
  const before = load()
  const rows = []
  for (const [i, item] of work.entries()) {
    console.error(`Measuring ${item.id} (${i + 1} of ${work.length}): ${item.what}`)
    rows.push({ item, results: await compare(item, columns, effort) })
  }
  const starts = gpu || source ? [] : measureStarts(columns)
  const measured = { loads: [before, load()], effort, starts, rows, absent }
  const facts = { machine: machine(), ...measured }
  const text = report({ ...facts, columns })
  console.log(`\n${text}`)
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(facts, null, 2)}\n`)
  if (rows.some(({ results }) => results.some(({ error }) => error))) {
    process.exitCode = 1
  } else if (complete) {
    record('06-gpu', gpu ? 'gpu' : 'cpu', text)
  }
}
