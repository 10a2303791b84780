// What a worker of a page runs: it decodes one image after another.
import { reasonOf } from '../datasets/errors.ts'
import { decoders } from '../images/decode-here.ts'
import type { DecodeAnswer, DecodeJob } from './decoder-thread.ts'

globalThis.onmessage = async ({ data }: MessageEvent<DecodeJob>) => {
  const answer = await decoded(data)
  const transfer = 'image' in answer ? [answer.image.data.buffer] : []
  globalThis.postMessage(answer, { transfer })
}

async function decoded({ format, bytes }: DecodeJob): Promise<DecodeAnswer> {
  // A server of sources may have no modules to serve for what the worker needs: Vite's
  // has none of packages that Node alone can read.
  const decode = await decoders[format]().catch(() => undefined)
  if (!decode) return { missing: format }
  try {
    return { image: decode(bytes) }
  } catch (error) {
    return { error: reasonOf(error) }
  }
}
