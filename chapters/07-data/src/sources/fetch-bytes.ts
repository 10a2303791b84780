/** The bytes at a URL; undefined where the server has none. */
export async function fetchBytes(url: string | URL): Promise<Uint8Array | undefined> {
  const response = await fetch(url)
  if (response.status === 404 || response.status === 410) return undefined
  if (response.ok) return new Uint8Array(await response.arrayBuffer())
  throw new Error(`the server answers ${response.status} ${response.statusText}`)
}
