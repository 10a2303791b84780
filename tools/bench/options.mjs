import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { peers } from './peers.mjs'
import { work } from './work.mjs'

const ids = (list) => list.map(({ id }) => id).join(', ')

export const help = `Usage: npm run bench -- [options]

Measures DeepDive and its peers on the same work in one run, and prints ratios.

  --only <names>   this work alone, a kind or one item of it: --only matmul,mlp-64
                   (${ids(work)})
  --peers <names>  against these peers alone: --peers torch,tfjs-cpu
                   (${ids(peers)})
  --quick          a quick look: one short round each, so noisier figures
  --source         DeepDive from its source by tsx, not built: slower than users have it
  --json <file>    write the figures to a file as well
  --help           show this`

const flags = {
  only: { type: 'string' },
  peers: { type: 'string' },
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
  return {
    ...values,
    work: choose('--only', values.only, work, ({ id, kind }) => [id, kind]),
    peers: choose('--peers', values.peers, peers, ({ id }) => [id]),
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
