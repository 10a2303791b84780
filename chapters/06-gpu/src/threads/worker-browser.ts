const browser: { readonly hardwareConcurrency?: number } = globalThis.navigator ?? {}

/** How many threads this machine runs at the same time; 1 where nothing says so. */
export const cores = browser.hardwareConcurrency ?? 1

/** Starts a thread that runs `code`, which finds what it is given as `data`. */
export function startWorker(code: string, data: unknown): { terminate(): unknown } {
  const source = `onmessage = ({ data }) => { ${code} }`
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
  const worker = new Worker(url)
  worker.postMessage(data)
  return worker
}
