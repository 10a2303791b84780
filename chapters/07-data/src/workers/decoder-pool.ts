import { startDecoderThread } from '#decoder-thread'
import { DataError, reasonOf } from '../datasets/errors.ts'
import { decodeHere } from '../images/decode-here.ts'
import type { RawDecoder } from '../images/raw-image.ts'
import type { DecodeAnswer, DecodeJob, DecoderThread } from './decoder-thread.ts'

/**
 * Up to `size` workers that share the images to decode. Each has one at a time, so that
 * it is known which one has ended a worker; another takes its place.
 */
export class DecoderPool {
  readonly #size: number
  readonly #start: () => DecoderThread
  readonly #threads = new Set<DecoderThread>()
  readonly #idle: DecoderThread[] = []
  /** Those who wait until a worker is free. */
  readonly #waiting: ((thread: DecoderThread) => void)[] = []

  constructor(size: number, start = startDecoderThread) {
    this.#size = size
    this.#start = start
  }

  readonly decoder: RawDecoder = async (format, bytes) => {
    const answer = await this.#answer({ format, bytes })
    if ('missing' in answer) return decodeHere(format, bytes)
    if ('image' in answer) return answer.image
    throw new DataError(answer.error)
  }

  /** Ends all workers. */
  async close(): Promise<void> {
    await Promise.all(Array.from(this.#threads, (thread) => thread.end()))
    this.#threads.clear()
  }

  async #answer(job: DecodeJob): Promise<DecodeAnswer> {
    const thread = await this.#take()
    try {
      const answer = await thread.decode(job)
      this.#giveBack(thread)
      return answer
    } catch (error) {
      this.#threads.delete(thread)
      if (this.#waiting.length > 0) this.#giveBack(this.#startOne())
      throw new DataError(`its worker ended: ${reasonOf(error)}`, error)
    }
  }

  #take(): DecoderThread | Promise<DecoderThread> {
    const free = this.#idle.pop()
    if (free) return free
    if (this.#threads.size < this.#size) return this.#startOne()
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #giveBack(thread: DecoderThread): void {
    const next = this.#waiting.shift()
    if (next) next(thread)
    else this.#idle.push(thread)
  }

  #startOne(): DecoderThread {
    const thread = this.#start()
    this.#threads.add(thread)
    return thread
  }
}
