import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'

const require = createRequire(import.meta.url)

/** How many threads this machine runs at the same time. */
export const cores = availableParallelism()

/** Starts a thread that runs `code`, which finds what it is given as `data`. */
export function startWorker(code: string, data: unknown): { terminate(): unknown } {
  // Node takes 3 ms to load its threads: programs without any do not wait for them.
  const threads: typeof import('node:worker_threads') = require('node:worker_threads')
  const source = `const { workerData: data } = require('node:worker_threads'); ${code}`
  const worker = new threads.Worker(source, {
    eval: true,
    execArgv: [],
    workerData: data,
  })
  // Whoever waits for calls must not keep a program from its end, and one that fails
  // leaves its calls to the others.
  worker.unref()
  worker.on('error', () => {})
  return worker
}
