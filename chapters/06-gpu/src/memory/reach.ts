import { Tensor } from '@deepdive/autograd'
import { Module } from '@deepdive/nn'
import { NDArray } from '@deepdive/tensor'

/**
 * The tensors and arrays in a value: itself, or what lists, maps and objects hold, at
 * any depth, the parameters of a model's layers for instance. Functions, and private
 * fields, keep theirs to themselves.
 */
export function arraysIn(value: unknown): Set<Tensor | NDArray> {
  const found = new Set<Tensor | NDArray>()
  const seen = new Set<object>()
  const unseen = [value]
  while (unseen.length > 0) {
    const value = unseen.pop()
    if (typeof value !== 'object' || value === null || seen.has(value)) continue
    seen.add(value)
    if (value instanceof Tensor || value instanceof NDArray) found.add(value)
    else for (const inside of contentsOf(value)) unseen.push(inside)
  }
  return found
}

function contentsOf(value: object): Iterable<unknown> {
  if (ArrayBuffer.isView(value)) return []
  if (value instanceof Map) return [...value.keys(), ...value.values()]
  if (Array.isArray(value) || value instanceof Set) return value
  if (value instanceof Module) return [...Object.values(value), ...value.children()]
  return Object.values(value)
}

/** The array of a tensor, or an array itself. */
export function arrayOf(value: Tensor | NDArray): NDArray {
  return value instanceof Tensor ? value.array : value
}

/** Whether a backward pass can still go through the graph that made this. */
export function hasGraph(value: Tensor | NDArray): boolean {
  return value instanceof Tensor && value.node !== null && !value.node.dropped
}
