import { DataError } from '../../datasets/errors.ts'
import type { Awaitable } from '../../datasets/load-options.ts'
import { type Connection, networkReason, refusal } from './connection.ts'

/** A part of a file: from `start` to, without, `end`. */
export interface RangeRequest {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly start: number
  readonly end: number
  /** The mark of the version that it must be a part of. */
  readonly etag?: string | null
}

/**
 * Hands over the bytes of a range as they come. Where a connection is cut, another goes
 * on from there.
 *
 * @throws DataError where a server has no such range, or where nothing more comes.
 */
export async function fetchRange(
  connection: Connection,
  request: RangeRequest,
  take: (chunk: Uint8Array) => Awaitable<void>,
): Promise<void> {
  const { url, start, end } = request
  let at = start
  for (let failures = 0; at < end; ) {
    const before = at
    const cut = await readOnce(connection, { ...request, start: at }, async (chunk) => {
      await take(chunk)
      at += chunk.length
    })
    if (at === end) return
    failures = at > before ? 1 : failures + 1
    if (failures > connection.retries) {
      const came = `${at - start} of ${end - start} bytes came`
      throw new DataError(`${url}: only ${came}: ${cut}`)
    }
    await connection.pause(failures - 1)
  }
}

/** Reads until the range or the connection ends, and says why if that was too early. */
async function readOnce(
  connection: Connection,
  request: RangeRequest,
  take: (chunk: Uint8Array) => Promise<void>,
): Promise<string> {
  const { response, before } = await ask(connection, request)
  const reader = response.body?.getReader()
  let dropped = 0
  let left = request.end - request.start
  let cut = 'the answer ended'
  while (reader && left > 0) {
    const next = await reader.read().catch((error) => {
      if (connection.ended) throw error
      cut = networkReason(error)
    })
    if (!next || next.done) break
    const skipped = Math.min(before - dropped, next.value.length)
    dropped += skipped
    const chunk = next.value.subarray(skipped, skipped + left)
    left -= chunk.length
    await take(chunk)
  }
  await reader?.cancel().catch(() => {})
  return cut
}

/** The answer, and how many bytes come in it before the range. */
async function ask(
  connection: Connection,
  { url, headers, start, end, etag }: RangeRequest,
) {
  const range = `bytes=${start}-${end - 1}`
  // Places in a file are not those in its compressed form.
  const asked = { ...headers, range, 'accept-encoding': 'identity' }
  // What is kept, is kept elsewhere, and checked there.
  const response = await connection.ask(url, { headers: asked, cache: 'no-store' })
  const mark = response.headers.get('etag')
  if (etag && mark && mark !== etag) {
    await response.body?.cancel()
    throw new DataError(`${url}: it has changed while it was read: open it again`)
  }
  if (response.status === 206) {
    const [, first] =
      response.headers.get('content-range')?.match(/^bytes (\d+)-/) ?? []
    if (Number(first) === start) return { response, before: 0 }
    throw new DataError(`${url}: the server gave another range than ${range}`)
  }
  // A server that knows no ranges sends the whole file.
  if (response.status === 200) return { response, before: start }
  throw refusal(url, response)
}
