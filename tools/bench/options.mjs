import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { gpuPeers, peers } from './peers.mjs'
import { gpuWork, work } from './work.mjs'

const ids = (list) => list.map(({ id }) => id).join(', ')

export const help = `Usage: npm run bench -- [options]

Measures DeepDive and its peers on the same work in one run, and prints ratios. A run
of all work against all peers also goes into the README of chapter 6.

  --only <names>   this work alone, a kind or one item of it: --only matmul,mlp-64
                   (${ids(work)})
  --peers <names>  against these peers alone: --peers torch,tfjs-cpu
                   (${ids(peers)})
  --gpu            on the GPU that WebGPU finds, with work and peers of its own
                   (${ids(gpuWork)};
                   ${ids(gpuPeers)})
  --loader         reading data sets and making batches of them, for chapter 7
  --quick          a quick look: one short round each, so noisier figures
  --source         DeepDive from its source by tsx, not built: slower than users have it
  --json <file>    write the figures to a file as well
  --help           show this`

const flags = {
  only: { type: 'string' },
  peers: { type: 'string' },
  gpu: { type: 'boolean', default: false },
  loader: { type: 'boolean', default: false },
  quick: { type: 'boolean', default: false },
  source: { type: 'boolean', default: false },
  json: { type: 'string' },
  help: { type: 'boolean', default: false },
}

/** What the command line asks for; throws an error that says what is wrong with it. */
export function readOptions(args) {
  const { values } = parseArgs({ args, options: flags })
  if (values.json !== undefined && !existsSync(dirname(resolve(values.json)))) {
    throw new Error(`--json: there is no folder '${dirname(values.json)}' to write to`)
  }
  const { only, gpu, quick, source } = values
  return {
    ...values,
    complete: [only, values.peers].every((list) => !list) && !quick && !source,
    work: choose('--only', only, gpu ? gpuWork : work, ({ id, kind }) => [id, kind]),
    peers: choose('--peers', values.peers, gpu ? gpuPeers : peers, ({ id }) => [id]),
  }
}

/** The entries that a list such as `torch,tfjs-cpu` names, all of them without a list. */
function choose(flag, list, entries, namesOf) {
  if (list === undefined) return entries
  const wanted = list.split(',').map((name) => name.trim())
  const known = [...new Set(entries.flatMap(namesOf))]
  const unknown = wanted.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    throw new Error(`${flag}: '${unknown[0]}' is not one of ${known.join(', ')}`)
  }
  return entries.filter((entry) => namesOf(entry).some((name) => wanted.includes(name)))
}
