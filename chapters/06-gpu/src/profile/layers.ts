import type { Module } from '@deepdive/nn'

/** Which layer of a model is computing, by hooks around each `forward`. */
export class Layers {
  readonly #running: string[] = []
  readonly #removers: (() => void)[] = []

  constructor(model?: Module) {
    for (const [path, module] of model?.namedModules() ?? []) {
      if (path === '') continue
      this.#removers.push(
        module.registerForwardPreHook(() => this.#enter(path)),
        module.registerForwardHook(() => this.#leave(path)),
      )
    }
  }

  /** A layer that threw has not left: what comes after it lies not inside. */
  #enter(path: string): void {
    while (this.#running.length > 0 && !path.startsWith(`${this.current}.`)) {
      this.#running.pop()
    }
    this.#running.push(path)
  }

  /** What threw inside of it, and was caught there, is left as well. */
  #leave(path: string): void {
    this.#running.length = Math.max(0, this.#running.lastIndexOf(path))
  }

  /** The path of the innermost one; '' outside of all. */
  get current(): string {
    return this.#running.at(-1) ?? ''
  }

  remove(): void {
    for (const remove of this.#removers) remove()
  }
}
