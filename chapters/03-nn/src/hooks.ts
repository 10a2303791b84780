import type { Module } from './module.ts'

/**
 * Sees what a module was given and made; what it returns, if anything, is the output.
 */
export type ForwardHook = (
  module: Module,
  inputs: readonly unknown[],
  output: unknown,
) => unknown

/**
 * Sees what a module is given; what it returns, if anything, takes the inputs' place: a
 * list of them, or the only one.
 */
export type ForwardPreHook = (module: Module, inputs: readonly unknown[]) => unknown

export interface HookOptions {
  /** Whether it is called before those that are there. Default: false. */
  readonly prepend?: boolean
}

/** Functions in the order of their calls; one that came twice is there twice. */
export class Hooks<Hook> {
  #entries = new Set<{ readonly hook: Hook }>()

  /** Adds a hook, and returns a function that takes it away. */
  add(hook: Hook, { prepend = false }: HookOptions = {}): () => void {
    const entry = { hook }
    if (prepend) this.#entries = new Set([entry, ...this.#entries])
    else this.#entries.add(entry)
    return () => {
      this.#entries.delete(entry)
    }
  }

  *[Symbol.iterator](): Iterator<Hook> {
    for (const { hook } of this.#entries) yield hook
  }
}
