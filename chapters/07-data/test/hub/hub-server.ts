import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A file of a data set, as the hub has it. */
export interface ServedFile {
  readonly bytes: Uint8Array
  /** Whether it is a large one, which another server has. Default: true. */
  readonly large?: boolean
}

/** A data set by its versions, each of which has files by their paths. */
export interface ServedDataset {
  readonly token?: string
  readonly versions: Readonly<Record<string, Readonly<Record<string, ServedFile>>>>
}

/** What happens to the next request of a kind, in place of an answer. */
export interface Fault {
  readonly to: 'info' | 'tree' | 'resolve' | 'file'
  readonly act: (request: Request, answer: () => void) => void
}

export interface Request {
  readonly to: Fault['to']
  readonly range: string | undefined
  readonly authorization: string | undefined
  readonly response: ServerResponse
  /** What would be answered, of a file. */
  readonly bytes: Uint8Array
}

/** A server that speaks the protocol of huggingface.co. */
export class HubServer {
  readonly requests: Request[] = []
  faults: Fault[] = []
  /** Whether it knows how to send a part of a file. */
  knowsRanges = true
  readonly #datasets: Readonly<Record<string, ServedDataset>>
  readonly #server = createServer((request, response) =>
    this.#answer(request, response),
  )

  constructor(datasets: Readonly<Record<string, ServedDataset>>) {
    this.#datasets = datasets
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return this
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** Requests of a kind since the last time that it was asked. */
  taken(to: Fault['to']): Request[] {
    const found = this.requests.filter((request) => request.to === to)
    this.requests.length = 0
    return found
  }

  #answer(message: IncomingMessage, response: ServerResponse): void {
    const { method, url = '', headers } = message
    openToPages(response)
    if (method === 'OPTIONS') {
      response.end()
      return
    }
    const { pathname, searchParams } = new URL(url, this.url)
    const [, api] = pathname.match(/^\/api\/datasets\/(.+)$/) ?? []
    const [, name = '', kind = '', rest = ''] =
      (api ?? '').match(/^(.+?)\/(revision|tree)\/(.+)$/) ??
      pathname.match(/^\/datasets\/(.+?)\/(resolve)\/(.+)$/) ??
      pathname.match(/^\/(files)\/(file)\/(.+)$/) ??
      []
    const to = kind === 'revision' ? 'info' : kind
    if (!isKind(to)) {
      refuse(response, 404, 'no such page')
      return
    }
    const file = to === 'file' ? this.#fileBy(rest) : undefined
    const request: Request = {
      to,
      range: headers.range,
      authorization: headers.authorization,
      response,
      bytes: file?.bytes ?? new Uint8Array(),
    }
    this.requests.push(request)
    const n = this.faults.findIndex((fault) => fault.to === to)
    const answer = () => this.#send(request, name, rest, searchParams)
    if (n < 0) answer()
    else this.faults.splice(n, 1)[0].act(request, answer)
  }

  #send(request: Request, name: string, rest: string, search: URLSearchParams): void {
    const { to, response, authorization } = request
    const dataset = this.#datasets[name]
    const needed = dataset?.token && `Bearer ${dataset.token}`
    if (to === 'file') this.#sendFile(request)
    else if (!dataset || (needed && authorization !== needed)) {
      refuse(response, 401, 'Invalid username or password.')
    } else if (to === 'info') this.#sendInfo(response, name, decodeURIComponent(rest))
    else if (to === 'tree') this.#sendTree(response, name, rest, search)
    else this.#redirect(response, name, rest)
  }

  #sendInfo(response: ServerResponse, name: string, revision: string): void {
    const { versions } = this.#datasets[name]
    const sha = commitOf(name, revision)
    if (revision in versions) send(response, { _id: '1', id: name, sha })
    else refuse(response, 404, 'Invalid rev id')
  }

  /** Two files to a page, and a link to the next. */
  #sendTree(
    response: ServerResponse,
    name: string,
    commit: string,
    search: URLSearchParams,
  ): void {
    const files = this.#filesAt(name, commit) ?? {}
    const cursor = Number(search.get('cursor') ?? 0)
    const entries = Object.entries(files).map(([path, file]) => entryOf(path, file))
    const folders = [...new Set(Object.keys(files).map((path) => path.split('/')[0]))]
    const all = [...folders.map((path) => ({ type: 'directory', path })), ...entries]
    if (cursor + 2 < all.length) {
      search.set('cursor', String(cursor + 2))
      const next = `${this.url}/api/datasets/${name}/tree/${commit}?${search}`
      response.setHeader('Link', `<${next}>; rel="next"`)
    }
    send(response, all.slice(cursor, cursor + 2))
  }

  /** Large files are on another host, and so are all here. */
  #redirect(response: ServerResponse, name: string, rest: string): void {
    const [commit, ...path] = decodeURI(rest).split('/')
    const file = this.#filesAt(name, commit)?.[path.join('/')]
    const key = file && hash(file.bytes)
    const location = `http://localhost:${this.#port}/files/file/${key}`
    if (file) response.writeHead(302, { Location: location }).end()
    else refuse(response, 404, 'Entry not found')
  }

  #sendFile({ range, response, bytes }: Request): void {
    response.setHeader('ETag', `"${hash(bytes)}"`)
    const [, first, last] = range?.match(/^bytes=(\d+)-(\d+)$/) ?? []
    if (!this.knowsRanges || first === undefined) {
      response.end(bytes)
      return
    }
    const [start, end] = [Number(first), Math.min(Number(last) + 1, bytes.length)]
    if (start >= bytes.length) {
      response.setHeader('Content-Range', `bytes */${bytes.length}`)
      response.writeHead(416).end()
      return
    }
    response.setHeader('Content-Range', `bytes ${start}-${end - 1}/${bytes.length}`)
    response.setHeader('Content-Length', end - start)
    response.writeHead(206).end(bytes.subarray(start, end))
  }

  #filesAt(name: string, commit: string) {
    const { versions } = this.#datasets[name]
    const revision = Object.keys(versions).find((key) => commitOf(name, key) === commit)
    return revision === undefined ? undefined : versions[revision]
  }

  #fileBy(key: string): ServedFile | undefined {
    return Object.values(this.#datasets)
      .flatMap(({ versions }) => Object.values(versions))
      .flatMap((files) => Object.values(files))
      .find(({ bytes }) => hash(bytes) === key)
  }
}

/** Pages of all hosts may ask, and see all of the answer. */
function openToPages(response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', '*')
  response.setHeader('Access-Control-Allow-Headers', 'authorization, range')
  const seen = ['Link', 'ETag', 'Content-Range', 'Retry-After']
  response.setHeader('Access-Control-Expose-Headers', seen.join(', '))
}

function isKind(kind: string): kind is Fault['to'] {
  return ['info', 'tree', 'resolve', 'file'].includes(kind)
}

/** A stand-in for the commit that a branch points to. */
export function commitOf(name: string, revision: string): string {
  return createHash('sha1').update(`${name} ${revision}`).digest('hex')
}

export function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function entryOf(path: string, { bytes, large = true }: ServedFile) {
  const header = `blob ${bytes.length}\0`
  const oid = createHash('sha1').update(header).update(bytes).digest('hex')
  const size = bytes.length
  const lfs = large ? { lfs: { oid: hash(bytes), size, pointerSize: 130 } } : {}
  return { type: 'file', path, size, oid, ...lfs }
}

function send(response: ServerResponse, body: unknown): void {
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify(body))
}

function refuse(response: ServerResponse, status: number, error: string): void {
  response.statusCode = status
  send(response, { error })
}
