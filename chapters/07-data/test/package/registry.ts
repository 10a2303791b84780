import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tarOf } from './tar.ts'

/** Where pnpm has the packages that the workspace needs, by their names. */
const installed = ['node_modules/', 'node_modules/.pnpm/node_modules/'].map((folder) =>
  fileURLToPath(new URL(`../../../../${folder}`, import.meta.url)),
)

/** A package as npm takes it. */
export interface Offer {
  readonly manifest: { readonly name: string; readonly version: string }
  readonly tarball: Uint8Array
}

/**
 * A registry on this machine for npm to install from: it has the packed packages, and as
 * the workspace has them those that they depend on. So nothing need be downloaded.
 */
export async function startRegistry(packed: readonly Offer[]) {
  const offers = new Map(packed.map((offer) => [offer.manifest.name, offer]))
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1)
    const [name, file] = path.split('/-/')
    const offer = offers.get(name) ?? offerOf(name)
    if (offer) offers.set(name, offer)
    const answer = file
      ? offer?.tarball
      : offer && describe(offer, request.headers.host)
    response.writeHead(answer ? 200 : 404).end(answer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}

/** All that there is to know of a package: it has one version, and that is the latest. */
function describe({ manifest }: Offer, host = ''): string {
  const { name, version } = manifest
  const tarball = `http://${host}/${name}/-/package.tgz`
  const versions = { [version]: { ...manifest, dist: { tarball } } }
  return JSON.stringify({ name, 'dist-tags': { latest: version }, versions })
}

/** An installed package, packed anew. */
function offerOf(name: string): Offer | undefined {
  const folder = installed
    .map((folder) => join(folder, name))
    .find((folder) => existsSync(join(folder, 'package.json')))
  if (folder === undefined) return undefined
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
  const entries = files.map((file) => {
    return [`package/${relative(folder, file)}`, readFileSync(file)] as const
  })
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return { manifest, tarball: tarOf(entries) }
}
