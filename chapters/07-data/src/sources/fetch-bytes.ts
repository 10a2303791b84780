import { Connection, refusal } from './http/connection.ts'

/** The bytes at a URL; undefined where the server has none. */
export async function fetchBytes(url: string | URL): Promise<Uint8Array | undefined> {
  const response = await new Connection().askWhole(url)
  if (response.status === 404 || response.status === 410) return undefined
  if (response.ok) return new Uint8Array(await response.arrayBuffer())
  throw refusal(String(url), response)
}
