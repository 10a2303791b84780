// What a worker of a page runs: it decodes one image after another.
import { reasonOf } from '../datasets/errors.ts'
import { decodeHere } from '../images/decode-here.ts'
import type { DecodeAnswer, DecodeJob } from './decoder-thread.ts'

globalThis.onmessage = async ({ data }: MessageEvent<DecodeJob>) => {
  const answer = await decoded(data)
  const transfer = 'image' in answer ? [answer.image.data.buffer] : []
  globalThis.postMessage(answer, { transfer })
}

async function decoded({ format, bytes }: DecodeJob): Promise<DecodeAnswer> {
  try {
    return { image: await decodeHere(format, bytes) }
  } catch (error) {
    return { error: reasonOf(error) }
  }
}
