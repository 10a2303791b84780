import type { DecodeAnswer, DecoderThread } from './decoder-thread.ts'

/** Starts a worker of this page. */
export function startDecoderThread(): DecoderThread {
  const worker = new Worker(new URL('./page-worker.js', import.meta.url), {
    type: 'module',
  })
  return {
    decode({ format, bytes }) {
      const copy = bytes.slice()
      worker.postMessage({ format, bytes: copy }, [copy.buffer])
      return new Promise<DecodeAnswer>((answer, fail) => {
        worker.onmessage = ({ data }) => answer(data)
        worker.onerror = ({ message }) => fail(new Error(message))
      })
    },
    async end() {
      worker.terminate()
    },
  }
}
