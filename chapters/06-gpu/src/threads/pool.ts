import { startWorker } from '#worker'
import type { Simd } from '../simd/instance.ts'
import { Scratch } from '../simd/scratch.ts'
import { start } from '../simd/start.ts'

/** A worker's whole life: it makes calls as `perform` does (simd/instance.ts). */
const life = `
  const [module, memory, control] = data
  const perform = (record) => {
    const [which] = new Float64Array(memory.buffer, record, 1)
    const compiled = Object.values(exports)[which]
    compiled(...new Float64Array(memory.buffer, record + 8, compiled.length))
  }
  const imports = { env: { memory }, threads: { perform } }
  const { exports } = new WebAssembly.Instance(module, imports)
  exports.work(control)
`

/** How many calls are made at a time; each has a record (assembly/threads.ts). */
const mostCalls = 256
const recordBytes = 128

/** So long workers are waited for before they count as dead. */
export const patience = { milliseconds: 5000 }

/** Thrown where a worker has ended in the middle of a call. */
export class LostWorker extends Error {}

/** Threads that share a memory, and share out the calls that are made in it. */
export interface Pool extends Simd {
  end(): void
}

/** Starts workers, of which the calling thread is one more, to which it never returns. */
export function startPool(threads: number): Pool {
  const { module, memory, wasm } = start({ shared: true })
  const control = Math.ceil(wasm.heapBase() / recordBytes) * recordBytes
  const records = new Float64Array(memory.buffer, control + recordBytes)
  const names = Object.keys(wasm)
  const workers = Array.from({ length: threads - 1 }, () =>
    startWorker(life, [module, memory, control]),
  )
  const sleeps = maySleep()
  let calls = 0
  const finish = () => {
    wasm.help(control)
    const { milliseconds } = patience
    const end = performance.now() + milliseconds
    while (wasm.finish(control, calls, sleeps ? 1e6 * milliseconds : 0) === 0) {
      if (performance.now() > end) throw new LostWorker()
    }
    calls = 0
  }
  return {
    wasm,
    scratch: new Scratch(memory, control + recordBytes * (1 + mostCalls)),
    threads,
    call: (name, ...args) => {
      if (calls === mostCalls) finish()
      records.set([names.indexOf(name), ...args], (calls * recordBytes) / 8)
      calls++
      wasm.offer(control)
    },
    finish,
    end: () => {
      for (const worker of workers) worker.terminate()
    },
  }
}

/** The main thread of a page may not sleep. */
function maySleep(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0)
    return true
  } catch {
    return false
  }
}
