import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

/** How many threads this machine runs at the same time. */
export const cores = availableParallelism()

/** Starts a thread that runs `code`, which finds what it is given as `data`. */
export function startWorker(code: string, data: unknown): { terminate(): unknown } {
  const source = `const { workerData: data } = require('node:worker_threads'); ${code}`
  const worker = new Worker(source, { eval: true, execArgv: [], workerData: data })
  // Whoever waits for calls must not keep a program from its end, and one that fails
  // leaves its calls to the others.
  worker.unref()
  worker.on('error', () => {})
  return worker
}
