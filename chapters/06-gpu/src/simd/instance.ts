import { binary, type Exports, memoryKind, pages } from './binary.ts'
import { Scratch } from './scratch.ts'
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

type Compiled = (...args: number[]) => unknown

/** What was compiled, and a memory for it, which is shared among threads or is not. */
export interface Started {
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  readonly wasm: Exports
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

export function start({ shared }: { shared: boolean }): Started {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: pages, shared })
  const bytes = Uint8Array.from(atob(binary), (letter) => letter.charCodeAt(0))
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

/** Makes the call of a record: which function, then its arguments, all of them float64. */
function perform({ buffer }: WebAssembly.Memory, wasm: Exports, record: number): void {
  const [which] = new Float64Array(buffer, record, 1)
  const compiled: Compiled = Object.values(wasm)[which]
  compiled(...new Float64Array(buffer, record + 8, compiled.length))
}
