import type { Exports } from './binary.ts'
import { Scratch } from './scratch.ts'
import { type Compiled, type Started, start } from './start.ts'
import { supportsSimd } from './support.ts'

/** The compiled kernels, and the memory that they compute in. */
export interface Simd {
  readonly wasm: Exports
  readonly scratch: Scratch
  /** How many calls can be under way at the same time. */
  readonly threads: number
  /** Calls a compiled function, now or until `finish`, at the same time as others. */
  call(name: keyof Exports, ...args: number[]): void
  /** Waits until all calls have been made. */
  finish(): void
}

/** Starts the compiled kernels, or gives nothing where there are no vectors. */
export function startSimd(): Simd | null {
  const started = supportsSimd() ? tryToStart() : null
  if (!started) return null
  const { memory, wasm } = started
  return {
    wasm,
    scratch: new Scratch(memory, wasm.heapBase()),
    threads: 1,
    call: (name, ...args) => {
      const compiled: Compiled = wasm[name]
      compiled(...args)
    },
    finish: () => {},
  }
}

/** A page may forbid all WebAssembly by its content security policy. */
function tryToStart(): Started | null {
  try {
    return start({ shared: false })
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return null
    throw error
  }
}
