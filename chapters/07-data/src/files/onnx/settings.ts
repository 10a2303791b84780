import type { Op } from '@deepdive/autograd'
import type { WindowAxis } from '@deepdive/conv'
import { normalizeDim, reducedAxes, ValueError } from '@deepdive/tensor'

function isWindowAxis(value: unknown): value is WindowAxis {
  if (typeof value !== 'object' || value === null) return false
  const names = ['size', 'stride', 'dilation', 'before', 'after']
  return names.every((name) => typeof Reflect.get(value, name) === 'number')
}

/** What an operation was told beside its inputs, read with care. */
export class Settings {
  readonly #op: string
  readonly #settings: Readonly<Record<string, unknown>>

  constructor({ name, settings = {} }: Pick<Op, 'name' | 'settings'>) {
    this.#op = name
    this.#settings = settings
  }

  has(name: string): boolean {
    return this.#settings[name] !== undefined
  }

  number(name: string): number {
    const value = this.#settings[name]
    if (typeof value === 'number') return value
    throw this.#unknown(name)
  }

  numberOrNull(name: string): number | null {
    return this.#settings[name] === null ? null : this.number(name)
  }

  flag(name: string): boolean {
    return this.#settings[name] === true
  }

  numbers(name: string): readonly number[] {
    const value = this.#settings[name]
    if (Array.isArray(value) && value.every((n) => typeof n === 'number')) return value
    throw this.#unknown(name)
  }

  /** How a window slides along each axis. */
  window(): readonly WindowAxis[] {
    const { window } = this.#settings
    if (Array.isArray(window) && window.every(isWindowAxis)) return window
    throw this.#unknown('window')
  }

  /** The axis that `dim` names. */
  axis(rank: number): number {
    if (rank > 0) return normalizeDim(this.#op, this.number('dim'), rank)
    throw new ValueError(
      `exportOnnx: ${this.#op} of a single number, which has no axis, cannot be exported`,
    )
  }

  /** The axes that `dims` names. */
  axes(rank: number): readonly number[] {
    const { dims } = this.#settings
    if (dims === undefined) return reducedAxes(this.#op, undefined, rank)
    const list = typeof dims === 'number' ? [dims] : this.numbers('dims')
    return reducedAxes(this.#op, list, rank)
  }

  #unknown(name: string): ValueError {
    return new ValueError(`exportOnnx: ${this.#op} does not say its ${name}`)
  }
}
