import type { View } from '../device.ts'
import type { TypedArray } from '../dtype.ts'
import { IndexError } from '../errors.ts'
import { elements, forEachLane } from './walk.ts'

export function gather(x: View, index: View, out: View): void {
  const from = elements(x)
  const places = elements(index)
  const to = elements(out)
  const extent = last(x.shape)
  const [stepX, stepIndex, stepOut] = [x, index, out].map((view) => last(view.strides))
  forEachLane([index, x, out], ([n, i, k]) => {
    for (let count = last(index.shape); count > 0; count--) {
      to[k] = from[i + checked('gather', places[n], extent) * stepX]
      n += stepIndex
      k += stepOut
    }
  })
}

export function scatter(index: View, source: View, out: View): void {
  put('scatter', index, source, out, (to, k, value) => {
    to[k] = value
  })
}

export function scatterAdd(index: View, source: View, out: View): void {
  put('scatterAdd', index, source, out, out.dtype === 'bool' ? or : add)
}

type Write = (to: TypedArray, k: number, value: number) => void

const add: Write = (to, k, value) => {
  to[k] += value
}

/** What a sum of bools is. */
const or: Write = (to, k, value) => {
  if (value !== 0) to[k] = 1
}

function put(op: string, index: View, source: View, out: View, write: Write): void {
  const from = elements(source)
  const places = elements(index)
  const to = elements(out)
  const extent = last(out.shape)
  const [stepOut, stepIndex, stepX] = [out, index, source].map((v) => last(v.strides))
  forEachLane([index, source, out], ([n, i, k]) => {
    for (let count = last(index.shape); count > 0; count--) {
      write(to, k + checked(op, places[n], extent) * stepOut, from[i])
      n += stepIndex
      i += stepX
    }
  })
}

function last(list: readonly number[]): number {
  return list[list.length - 1]
}

function checked(op: string, index: number, extent: number): number {
  if (index >= 0 && index < extent) return index
  throw new IndexError(
    `${op}: index ${index} is outside an axis of size ${extent}: ` +
      (extent > 0 ? `use 0 to ${extent - 1}` : 'it has no elements'),
  )
}
