import { binary, type Exports } from './binary.ts'
import { Scratch } from './scratch.ts'
import { supportsSimd } from './support.ts'

/** A call of a compiled function, with its arguments. */
export type Call = readonly [name: keyof Exports, ...args: number[]]

/** The compiled kernels, and the memory that they compute in. */
export interface Simd {
  readonly wasm: Exports
  readonly scratch: Scratch
  /** Makes calls of which none needs what another one does. */
  run(calls: readonly Call[]): void
}

/** Starts the compiled kernels, or gives nothing where there are no vectors. */
export function startSimd(): Simd | null {
  if (!supportsSimd()) return null
  const memory = new WebAssembly.Memory({ initial: 16 })
  const module = new WebAssembly.Module(decode(binary))
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  // Its type was written by the compiler that wrote the binary.
  const wasm = exports as unknown as Exports
  return {
    wasm,
    scratch: new Scratch(memory, wasm.heapBase()),
    run: (calls) => {
      for (const [name, ...args] of calls) {
        const compiled: (...args: number[]) => unknown = wasm[name]
        compiled(...args)
      }
    },
  }
}

function decode(base64: string) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
}
