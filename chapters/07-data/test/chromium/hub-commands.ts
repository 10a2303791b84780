import type { BrowserCommand } from 'vitest/node'
import { busy, changed, cut, refused, repeated, short } from '../hub/faults.ts'
import { type Fault, HubServer } from '../hub/hub-server.ts'
import { imageRows } from '../hub/mnist-like.ts'

/** The hub that the tests in a page ask, in the process that serves the page. */
const server = new HubServer({
  'someone/digits': {
    token: 'hf_open',
    versions: {
      main: {
        'data/train-00000-of-00002.parquet': { bytes: imageRows(0, 9) },
        'data/train-00001-of-00002.parquet': { bytes: imageRows(9, 5) },
      },
    },
  },
  'someone/small': {
    versions: { main: { 'train.parquet': { bytes: imageRows(20, 2), large: false } } },
  },
})

const flipped = (bytes: Uint8Array) => bytes.map((byte, n) => (n === 77 ? ~byte : byte))

/** What cuts the connections that are to be cut. */
const held: (() => void)[] = []

/** Faults by the names that a page calls them. */
const faults: Readonly<Record<FaultName, (value: number) => Fault[]>> = {
  cut: (count) => [cut(count, (cut) => held.push(cut))],
  missing: () => [refused('file', 404)],
  busy: (seconds) => [busy('file', String(seconds))],
  short: (count) => [short(count), refused('file', 416)],
  changed: (times) => repeated(changed(flipped), times),
}

export type FaultName = 'cut' | 'missing' | 'busy' | 'short' | 'changed'

const startHub: BrowserCommand<[]> = async () => (await server.start()).url
const stopHub: BrowserCommand<[]> = () => server.stop()
const makeFault: BrowserCommand<[name: FaultName, value: number]> = (
  _,
  name,
  value,
) => {
  server.faults = faults[name](value)
}
const cutNow: BrowserCommand<[]> = () => {
  for (const cut of held.splice(0)) cut()
}
const takeRanges: BrowserCommand<[]> = () =>
  server.taken('file').map(({ range = '' }) => range)

/** What a page can ask of the process that serves it. */
export const commands = { startHub, stopHub, makeFault, cutNow, takeRanges }

declare module 'vitest/browser' {
  interface BrowserCommands {
    startHub(): Promise<string>
    stopHub(): Promise<void>
    /** Something that happens to the next request of a file. */
    makeFault(name: FaultName, value: number): Promise<void>
    /** Cuts the connection that is to be cut: what has come till then, is there. */
    cutNow(): Promise<void>
    /** The ranges of files that were asked for since the last time. */
    takeRanges(): Promise<string[]>
  }
}
