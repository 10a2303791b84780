import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { jpegOptions } from '../images/decode-here.ts'
import type { DecodeAnswer, DecoderThread } from './decoder-thread.ts'

/**
 * What a worker runs. It is text, as a file would be another one among the sources,
 * which Node cannot read in a worker, than in the package.
 */
const program = `
  const { parentPort, workerData } = require('node:worker_threads')
  const { modules, jpegOptions } = workerData
  const decoders = {
    png: async (bytes) => (await import(modules.png)).decode(bytes, { checkCrc: true }),
    jpeg: async (bytes) => {
      const { default: jpeg } = await import(modules.jpeg)
      return { ...jpeg.decode(bytes, jpegOptions), channels: 3, depth: 8 }
    },
  }
  parentPort.on('message', async ({ format, bytes }) => {
    try {
      const image = await decoders[format](bytes)
      parentPort.postMessage({ image }, [image.data.buffer])
    } catch (error) {
      parentPort.postMessage({ error: error.message })
    }
  })
`

/** Starts a worker, which keeps the process alive only while it decodes. */
export function startDecoderThread(): DecoderThread {
  const { resolve } = createRequire(import.meta.url)
  const url = (name: string) => pathToFileURL(resolve(name)).href
  const modules = { png: url('fast-png'), jpeg: url('jpeg-js') }
  const workerData = { modules, jpegOptions }
  return threadOf(new Worker(program, { eval: true, execArgv: [], workerData }))
}

/** A worker that answers each message by another one. */
export function threadOf(worker: Worker): DecoderThread {
  let waiting: { answer(found: DecodeAnswer): void; fail(reason: unknown): void }
  let ended: unknown
  const stop = (reason: unknown) => {
    ended ??= reason
    waiting?.fail(ended)
  }
  worker.on('message', (found) => waiting.answer(found))
  worker.on('error', stop).on('exit', (code) => stop(new Error(`exit code ${code}`)))
  worker.unref()
  return {
    async decode({ format, bytes }) {
      if (ended !== undefined) throw ended
      const copy = bytes.slice()
      worker.ref()
      worker.postMessage({ format, bytes: copy }, [copy.buffer])
      const found = new Promise<DecodeAnswer>((answer, fail) => {
        waiting = { answer, fail }
      })
      return found.finally(() => worker.unref())
    },
    async end() {
      await worker.terminate()
    },
  }
}
