import { binary, type Exports, memoryKind, pages } from './binary.ts'

/** A compiled function, whatever it takes. */
export type Compiled = (...args: number[]) => unknown

/** What was compiled, and a memory for it, which is shared among threads or is not. */
export interface Started {
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  readonly wasm: Exports
}

/** For all that a shared memory may become, room is set aside at once: 512 MB. */
const mostShared = 8192

export function start({ shared }: { shared: boolean }): Started {
  const maximum = shared ? mostShared : pages
  const memory = new WebAssembly.Memory({ initial: 16, maximum, shared })
  const bytes = bytesOf(binary)
  if (shared) bytes[memoryKind] = 3
  const module = new WebAssembly.Module(bytes)
  const { exports } = new WebAssembly.Instance(module, {
    env: { memory },
    threads: { perform: (record: number) => perform(memory, wasm, record) },
  })
  // Its type was written by the compiler that wrote the binary.
  const wasm = exports as unknown as Exports
  return { module, memory, wasm }
}

/** A loop does in half a millisecond what Uint8Array.from takes three for. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const letters = atob(base64)
  const bytes = new Uint8Array(letters.length)
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i)
  return bytes
}

/** Makes the call of a record: which function, then its arguments, all of them float64. */
function perform({ buffer }: WebAssembly.Memory, wasm: Exports, record: number): void {
  const [which] = new Float64Array(buffer, record, 1)
  const compiled: Compiled = Object.values(wasm)[which]
  compiled(...new Float64Array(buffer, record + 8, compiled.length))
}
