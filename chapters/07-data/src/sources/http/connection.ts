import { DataError, reasonOf } from '../../datasets/errors.ts'
import { retryDelay } from './retry-delay.ts'

export interface ConnectionOptions {
  /** What asks a server. Default: the platform's `fetch`. */
  readonly fetch?: typeof fetch
  /** How often to ask again when a server is busy, or a connection cut. Default: 5. */
  readonly retries?: number
  /** Ends what is under way. */
  readonly signal?: AbortSignal
  /** Waits for some milliseconds. Default: by a timer. */
  readonly wait?: (milliseconds: number) => Promise<void>
}

/** What a server says when it may be able to do it later. */
const later = [408, 429, 500, 502, 503, 504]

/** Asks servers, and again where they or the network fail for a while. */
export class Connection {
  readonly retries: number
  readonly #fetch: typeof fetch
  readonly #signal: AbortSignal | undefined
  readonly #wait: (milliseconds: number) => Promise<void>

  constructor(options: ConnectionOptions = {}) {
    const { retries = 5, signal, wait = waitFor } = options
    this.retries = retries
    this.#fetch = options.fetch ?? ((...request) => fetch(...request))
    this.#signal = signal
    this.#wait = wait
  }

  /**
   * The answer of a server, whatever it is, once it is none of those that may change.
   *
   * @throws DataError where there is none.
   */
  readonly ask: typeof fetch = (input, init) =>
    this.#ask(input, init, (answer) => answer)

  /** The same, once all of it has come. */
  readonly askWhole: typeof fetch = (input, init) => this.#ask(input, init, whole)

  async #ask(input: Input, init: Init, read: Read): Promise<Response> {
    for (let tries = 0; ; tries++) {
      const answer = await this.#try(input, init, read)
      const isLast = tries >= this.retries
      if (answer instanceof Response) {
        if (isLast || !later.includes(answer.status)) return answer
        const delay = retryDelay(tries, answer.headers.get('retry-after'))
        if (delay === undefined) return answer
        await answer.body?.cancel()
        await this.#wait(delay)
      } else {
        if (isLast) throw answer
        await this.pause(tries)
      }
    }
  }

  /** Waits before another try. */
  async pause(tries: number): Promise<void> {
    await this.#wait(retryDelay(tries, null) ?? 0)
  }

  /** Whether somebody has ended it. */
  get ended(): boolean {
    return this.#signal?.aborted ?? false
  }

  /** What a server answers, or the error where none does. */
  async #try(input: Input, init: Init, read: Read): Promise<Response | DataError> {
    this.#signal?.throwIfAborted()
    const signal = this.#signal
    try {
      return await read(await this.#fetch(input, signal ? { ...init, signal } : init))
    } catch (error) {
      signal?.throwIfAborted()
      const url = input instanceof Request ? input.url : String(input)
      const [, host = url] = url.match(/^\w+:\/\/([^/]+)/) ?? []
      return new DataError(`${host} does not answer: ${networkReason(error)}`, error)
    }
  }
}

type Input = Parameters<typeof fetch>[0]
type Init = Parameters<typeof fetch>[1]
type Read = (answer: Response) => Response | Promise<Response>

/** An answer whose body is in memory. */
async function whole(answer: Response): Promise<Response> {
  const { status, statusText, headers } = answer
  const body = await answer.arrayBuffer()
  return new Response(body.byteLength > 0 ? body : null, {
    status,
    statusText,
    headers,
  })
}

/** What `fetch` throws says why in its cause, if at all. */
export function networkReason(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  return reasonOf(cause instanceof Error ? cause : error)
}

function waitFor(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** The error for an answer that is none. */
export function refusal(url: string, { status }: Response): DataError {
  return new DataError(`${url}: the server answers ${status}: ${meaningOf(status)}`)
}

/** What an answer without success means. */
export function meaningOf(status: number): string {
  return (
    meanings[status] ?? (status >= 500 ? 'it has trouble of its own' : 'it refuses')
  )
}

const meanings: Readonly<Record<number, string>> = {
  401: 'it is not there, or it takes a token to see it',
  403: 'this token may not see it',
  404: 'it is not there',
  416: 'it is shorter than it should be',
  429: 'too many have asked: try again later',
}
