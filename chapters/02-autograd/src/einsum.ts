import {
  formatShape,
  type Shape,
  ShapeError,
  sizeOf,
  ValueError,
} from '@deepdive/tensor'
import type { Tensor } from './tensor.ts'

/** A tensor with a label for each axis. */
interface Labeled {
  readonly x: Tensor
  readonly labels: readonly string[]
}

/**
 * Einstein's summation: letters name the axes of each operand; letters that do not
 * stand behind the arrow are multiplied and summed over. `...` stands for any axes,
 * which broadcast. Without an arrow the result has the letters that occur once, in
 * alphabetical order.
 *
 * @throws ValueError where the equation does not fit the operands.
 * @throws ShapeError where one letter names axes of different sizes.
 * @example
 * einsum('ij,jk->ik', tensor([[1, 2]]), tensor([[3], [4]])) // → tensor([[11.]])
 * einsum('ii->', tensor([[1, 2], [3, 4]])) // → tensor(5.)
 */
export function einsum(equation: string, ...operands: readonly Tensor[]): Tensor {
  const [left, right, ...more] = equation.replaceAll(' ', '').split('->')
  if (more.length > 0) {
    throw new ValueError(
      `einsum: '${equation}' has ${more.length + 1} arrows: at most one stands between ` +
        'operands and result',
    )
  }
  const terms = left.split(',')
  if (terms.length !== operands.length) {
    throw new ValueError(
      `einsum: '${equation}' has ${terms.length} terms, but there are ` +
        `${operands.length} operands`,
    )
  }
  const inputs = terms.map((term, n) => label(equation, term, operands[n]))
  const output = outputLabels(equation, inputs, right)
  checkSizes(equation, inputs)
  const product = inputs.map(takeDiagonals).reduce((a, b, n) => {
    const later = inputs.slice(n + 1).flatMap(({ labels }) => labels)
    return contract(a, b, [...output, ...later])
  })
  const { x, labels } = sumOut(product, output)
  return x.permute(output.map((name) => labels.indexOf(name)))
}

/**
 * Axes of an ellipsis are labelled `-2`, `-1`: those of all operands align at the end.
 */
function ellipsis(count: number): string[] {
  return Array.from({ length: count }, (_, n) => String(n - count))
}

/** The letters before an ellipsis, and those after it, if there is one. */
function lettersOf(equation: string, term: string): [string, string?] {
  const [, before, after] = term.match(/^([a-zA-Z]*)(?:\.\.\.([a-zA-Z]*))?$/) ?? []
  if (before !== undefined) return [before, after]
  throw new ValueError(`einsum: '${term}' in '${equation}' is not letters and '...'`)
}

function label(equation: string, term: string, x: Tensor): Labeled {
  const [before, after] = lettersOf(equation, term)
  const letters = before.length + (after?.length ?? 0)
  const hidden = after === undefined ? 0 : x.ndim - letters
  if (hidden < 0 || letters + hidden !== x.ndim) {
    throw new ValueError(
      `einsum: '${term}' in '${equation}' does not name the ${x.ndim} axes of ` +
        formatShape(x.shape),
    )
  }
  return { x, labels: [...before, ...ellipsis(hidden), ...(after ?? '')] }
}

function outputLabels(
  equation: string,
  inputs: readonly Labeled[],
  right: string | undefined,
): string[] {
  const all = inputs.flatMap(({ labels }) => labels)
  const hidden = ellipsis(Math.max(0, ...all.map((name) => -Number(name) || 0)))
  if (right === undefined) {
    const once = all.filter((name) => all.indexOf(name) === all.lastIndexOf(name))
    return [...hidden, ...once.filter((name) => !hidden.includes(name)).sort()]
  }
  const [before, after] = lettersOf(equation, right)
  const output = [...before, ...(after === undefined ? [] : [...hidden, ...after])]
  const unknown = output.find((name) => !all.includes(name))
  const twice = output.find((name, n) => output.indexOf(name) !== n)
  if (unknown !== undefined || twice !== undefined) {
    throw new ValueError(
      `einsum: '${unknown ?? twice}' behind the arrow of '${equation}' ` +
        (unknown === undefined ? 'stands there twice' : 'names no axis of an operand'),
    )
  }
  return output
}

function checkSizes(equation: string, inputs: readonly Labeled[]): void {
  const sizes = new Map<string, number>()
  for (const { x, labels } of inputs) {
    labels.forEach((name, axis) => {
      const extent = x.shape[axis]
      const first = x.shape[labels.indexOf(name)]
      const size = first === extent ? (sizes.get(name) ?? 1) : first
      if (first !== extent || (size !== 1 && extent !== 1 && size !== extent)) {
        throw new ShapeError(
          `einsum: '${name}' in '${equation}' names axes of ${size} and ${extent}`,
        )
      }
      sizes.set(name, size === 1 ? extent : size)
    })
  }
}

/** A letter that stands twice in one term walks along the diagonal. */
function takeDiagonals({ x, labels }: Labeled): Labeled {
  const second = labels.findIndex((name, axis) => labels.indexOf(name) !== axis)
  if (second < 0) return { x, labels }
  const first = labels.indexOf(labels[second])
  const rest = labels.filter((_, axis) => axis !== first && axis !== second)
  const diagonal = x.diagonal(0, first, second)
  return takeDiagonals({ x: diagonal, labels: [...rest, labels[second]] })
}

/** Two operands become one: labels that neither is needed for later are summed over. */
function contract(left: Labeled, right: Labeled, keep: readonly string[]): Labeled {
  const a = sumOut(left, [...keep, ...right.labels])
  const b = sumOut(right, [...keep, ...left.labels])
  const shared = a.labels.filter((name) => b.labels.includes(name))
  const batch = shared.filter((name) => keep.includes(name))
  const summed = shared.filter((name) => !keep.includes(name))
  const ownA = a.labels.filter((name) => !shared.includes(name))
  const ownB = b.labels.filter((name) => !shared.includes(name))
  const size = (name: string) =>
    sizeIn(a, name) === 1 ? sizeIn(b, name) : sizeIn(a, name)
  const shape = (...groups: string[][]): Shape => groups.map((g) => sizeOf(g.map(size)))
  const order = ({ x, labels }: Labeled, names: string[]) =>
    x.permute(names.map((name) => labels.indexOf(name))).expand(names.map(size))
  const rows = order(a, [...batch, ...ownA, ...summed]).reshape(
    shape(batch, ownA, summed),
  )
  const columns = order(b, [...batch, ...summed, ...ownB])
  const product = rows.matmul(columns.reshape(shape(batch, summed, ownB)))
  const labels = [...batch, ...ownA, ...ownB]
  return { x: product.reshape(labels.map(size)), labels }
}

/** The size that an operand has, or may stretch to, under a label. */
function sizeIn({ x, labels }: Labeled, name: string): number {
  return x.shape[labels.indexOf(name)] ?? 1
}

function sumOut({ x, labels }: Labeled, keep: readonly string[]): Labeled {
  const kept = labels.filter((name) => keep.includes(name))
  if (kept.length === labels.length) return { x, labels }
  const axes = labels.flatMap((name, axis) => (keep.includes(name) ? [] : [axis]))
  return { x: x.sum(axes), labels: kept }
}
