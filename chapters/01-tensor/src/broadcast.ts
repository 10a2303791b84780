import { ShapeError } from './errors.ts'
import { formatShape, type Shape, sameShape } from './shape.ts'

/**
 * The shape that both operands stretch to, by NumPy's rule: align the shapes at their
 * last axis; a missing axis counts as 1; sizes must be equal, or one of them 1.
 *
 * @throws ShapeError where two sizes differ and neither is 1.
 * @example
 * broadcastShapes('add', [2, 1, 4], [3, 1]) // → [2, 3, 4]
 */
export function broadcastShapes(op: string, a: Shape, b: Shape): Shape {
  if (sameShape(a, b)) return a
  const rank = Math.max(a.length, b.length)
  const shape = new Array<number>(rank)
  for (let fromEnd = 1; fromEnd <= rank; fromEnd++) {
    const m = a[a.length - fromEnd] ?? 1
    const n = b[b.length - fromEnd] ?? 1
    if (m !== n && m !== 1 && n !== 1) throw mismatch(op, a, b, -fromEnd, m, n)
    shape[rank - fromEnd] = m === 1 ? n : m
  }
  return shape
}

/**
 * Whether a shape stretches to another: its axes are 1, missing in front, or the same.
 *
 * @example
 * stretchesTo([1, 4], [2, 3, 4]) // → true
 * stretchesTo([2, 3, 4], [1, 4]) // → false
 */
export function stretchesTo(shape: Shape, whole: Shape): boolean {
  const added = whole.length - shape.length
  return added >= 0 && shape.every((n, axis) => n === 1 || n === whole[axis + added])
}

function mismatch(op: string, a: Shape, b: Shape, dim: number, m: number, n: number) {
  return new ShapeError(
    `${op}: cannot broadcast ${formatShape(a)} with ${formatShape(b)}: ` +
      `axis ${dim} has ${m} and ${n}; they must be equal, or one of them 1`,
  )
}
