import type { Fault, Request } from './hub-server.ts'

/** The server is busy, and says for how long, in seconds or as a date. */
export const busy = (to: Fault['to'], retryAfter: string, status = 429): Fault => ({
  to,
  act({ response }) {
    response.writeHead(status, { 'Retry-After': retryAfter }).end()
  },
})

/** An answer without success. */
export const refused = (to: Fault['to'], status: number): Fault => ({
  to,
  act: ({ response }) => response.writeHead(status).end(),
})

/** The connection is cut before anything is answered. */
export const silent = (to: Fault['to']): Fault => ({
  to,
  act: ({ response }) => response.destroy(),
})

/** The connection is cut in the middle of a list. */
export const half = (to: Fault['to']): Fault => ({
  to,
  act({ response }) {
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.write('[{"type": "fi', () => response.destroy())
  },
})

/** The connection is cut after some bytes of a file, at once or whenever `when` wants. */
export const cut = (count: number, when = (cut: () => void) => cut()): Fault => ({
  to: 'file',
  act(request) {
    const { response } = request
    const part = partOf(request)
    announce(request, part.length)
    response.flushHeaders()
    const end = () => when(() => response.destroy())
    if (count === 0) setImmediate(end)
    else response.write(part.subarray(0, count), end)
  },
})

/** The server ends its answer after some bytes as if these were all. */
export const short = (count: number): Fault => ({
  to: 'file',
  act(request) {
    const part = partOf(request).subarray(0, count)
    announce(request, part.length)
    request.response.end(part)
  },
})

/** The bytes of a file are others. */
export const changed = (change: (bytes: Uint8Array) => Uint8Array): Fault => ({
  to: 'file',
  act(request) {
    const part = change(partOf(request))
    announce(request, part.length)
    request.response.end(part)
  },
})

/** The file is another one by now. */
export const replaced: Fault = {
  to: 'file',
  act(request, answer) {
    request.response.setHeader = new Proxy(request.response.setHeader, {
      apply: (set, self, [name, value]) =>
        Reflect.apply(set, self, [name, name === 'ETag' ? '"other"' : value]),
    })
    answer()
  },
}

/** The same fault again and again. */
export const repeated = (fault: Fault, times: number): Fault[] =>
  new Array<Fault>(times).fill(fault)

function rangeOf({ range, bytes }: Request): [start: number, end: number] {
  const [, first = '0', last = ''] = range?.match(/^bytes=(\d+)-(\d+)/) ?? []
  const end = last === '' ? bytes.length : Math.min(bytes.length, Number(last) + 1)
  return [Number(first), end]
}

function partOf(request: Request): Uint8Array {
  return request.bytes.slice(...rangeOf(request))
}

function announce(request: Request, length: number): void {
  const [start, end] = rangeOf(request)
  request.response.writeHead(206, {
    'Content-Range': `bytes ${start}-${end - 1}/${request.bytes.length}`,
    'Content-Length': length,
  })
}
