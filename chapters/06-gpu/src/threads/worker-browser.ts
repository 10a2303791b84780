/** How many threads this machine runs at the same time. */
export const cores = navigator.hardwareConcurrency

/** Starts a thread that runs `code`, which finds what it is given as `data`. */
export function startWorker(code: string, data: unknown): { terminate(): unknown } {
  const source = `onmessage = ({ data }) => { ${code} }`
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
  const worker = new Worker(url)
  worker.postMessage(data)
  return worker
}
