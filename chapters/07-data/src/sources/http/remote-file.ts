import { DataError } from '../../datasets/errors.ts'
import type { RandomAccess } from '../parquet/random-access.ts'
import { Connection, refusal } from './connection.ts'
import { fetchRange } from './fetch-range.ts'

/** A file at a URL, of which parts are fetched when they are read. */
export async function openRemote(
  url: string,
  connection = new Connection(),
  headers: Readonly<Record<string, string>> = {},
): Promise<RandomAccess> {
  const { size, etag } = await describe(url, connection, headers)
  return {
    name: url,
    size,
    async read(start, end) {
      const bytes = new Uint8Array(end - start)
      let at = 0
      await fetchRange(connection, { url, headers, start, end, etag }, (chunk) => {
        bytes.set(chunk, at)
        at += chunk.length
      })
      return bytes
    },
  }
}

/** Asks for the first byte: the answer says how many there are. */
async function describe(
  url: string,
  connection: Connection,
  headers: Readonly<Record<string, string>>,
) {
  const response = await connection.ask(url, {
    headers: { ...headers, range: 'bytes=0-0' },
  })
  await response.body?.cancel()
  // A file without a byte has no first one.
  if (!response.ok && response.status !== 416) throw refusal(url, response)
  const range = response.headers.get('content-range')?.match(/\/(\d+)$/)?.[1]
  const size = Number(range ?? response.headers.get('content-length') ?? NaN)
  if (Number.isNaN(size)) {
    throw new DataError(`${url}: the server does not say how long it is`)
  }
  return { size, etag: response.headers.get('etag') }
}
