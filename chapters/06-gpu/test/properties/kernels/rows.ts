import type { NDArray, Shape } from '@deepdive/tensor'
import fc from 'fast-check'
import type { Call, Calls } from '../call.ts'
import { anyNumbers, below, between, exactNumbers, type Numbers } from '../numbers.ts'
import { anyLanes, resultOf, rowsOf, viewOf } from '../views.ts'

const moderate = between(-10, 10)

/** As `moderate`, with a few that are endless, or no numbers. */
const mostlyModerate: Numbers = (dtype, word) =>
  word % 128 === 0 ? anyNumbers(dtype, word) : moderate(dtype, word)

/** Mean 0 along the last axis, as what `standardize` makes has. */
const rest = { keepdim: true }

/** Σ grad · y along the last axis. */
function shared(grad: NDArray, y: NDArray): NDArray {
  return grad.mul(y).sum(-1, rest)
}

/** Softmax as chapter 2 composes it. */
function softmax(x: NDArray): NDArray {
  const powers = x.sub(x.amax(-1, rest)).exp()
  return powers.div(powers.sum(-1, rest))
}

function logSoftmax(x: NDArray): NDArray {
  const shifted = x.sub(x.amax(-1, rest))
  return shifted.sub(shifted.exp().sum(-1, rest).log())
}

const filled = anyLanes.filter((shape) => shape.at(-1) !== 0)

/** A kernel from arrays of one shape to one of that shape. */
function alike(
  kernel: 'softmax' | 'logSoftmax',
  meaning: (x: NDArray) => NDArray,
): fc.Arbitrary<Call> {
  return filled.chain((shape) =>
    fc
      .tuple(viewOf(shape, 'float32', mostlyModerate), resultOf(shape, 'float32'))
      .map(([x, out]) => ({
        given: [x],
        results: [out],
        run: (kernels, [x], [out]) => kernels[kernel]?.(x, out),
        meaning: (_, [x], [out]) => out.copy_(meaning(x)),
        nearness: 'close',
      })),
  )
}

function gradient(
  kernel: 'softmaxGradient' | 'logSoftmaxGradient' | 'reluGradient',
  meaning: (grad: NDArray, y: NDArray) => NDArray,
  numbers: Numbers,
  prepare = (y: NDArray) => y,
): fc.Arbitrary<Call> {
  return filled.chain((shape) =>
    fc
      .tuple(
        viewOf(shape, 'float32', exactNumbers),
        viewOf(shape, 'float32', numbers, false),
        resultOf(shape, 'float32'),
      )
      .map(([grad, y, out]) => ({
        given: [grad, prepare(y)],
        results: [out],
        run: (kernels, [grad, y], [out]) => kernels[kernel]?.(grad, y, out),
        meaning: (_, [grad, y], [out]) => out.copy_(meaning(grad, y)),
        nearness: 'close',
      })),
  )
}

/** Rows of scores, a label for each, or -1 where it is to be ignored. */
function labelled(numbers: Numbers) {
  return filled.chain((shape) =>
    fc.tuple(
      viewOf(shape, 'float32', numbers),
      viewOf(shape.slice(0, -1), 'int32', (dtype, word) =>
        word % 5 === 0 ? -1 : below(shape[shape.length - 1])(dtype, word),
      ),
      viewOf(shape.slice(0, -1), 'float32', exactNumbers),
      resultOf(shape, 'float32'),
    ),
  )
}

/** 1 where a class is the label. */
function hits(x: NDArray, labels: NDArray): NDArray {
  const heard = labels.where(labels.ge(0), 0).unsqueeze(-1)
  const one = x.newEmpty(heard.shape).fill_(1)
  return x.newEmpty(x.shape).scatter(-1, heard, one)
}

const crossEntropy = labelled(moderate).map(
  ([x, labels]): Call => ({
    given: [x, labels],
    results: [rowsOf(labels.shape, 'float32')],
    run: (kernels, [x, labels], [out]) => kernels.crossEntropy?.(x, labels, -1, out),
    meaning: (_, [x, labels], [out]) => {
      const surprise = logSoftmax(x).neg().mul(hits(x, labels)).sum(-1)
      out.copy_(surprise.where(labels.ge(0), 0))
    },
    nearness: 'close',
  }),
)

const crossEntropyGradient = labelled(moderate).map(
  ([x, labels, grad, out]): Call => ({
    given: [x, labels, grad],
    results: [out],
    run: (kernels, [x, labels, grad], [out]) =>
      kernels.crossEntropyGradient?.(x, labels, -1, grad, out),
    meaning: (_, [x, labels, grad], [out]) => {
      const slope = softmax(x).sub(hits(x, labels)).mul(grad.unsqueeze(-1))
      out.copy_(slope.where(labels.ge(0).unsqueeze(-1), 0))
    },
    nearness: 'close',
  }),
)

/** What is kept, and the axes over which there are means, none of them empty. */
const normed: fc.Arbitrary<{ shape: Shape; kept: number; axes: number[] }> = fc
  .tuple(anyLanes, fc.nat(3))
  .map(([shape, n]) => ({ shape, kept: n % shape.length }))
  .filter(({ shape, kept }) => !shape.slice(kept).includes(0))
  .map(({ shape, kept }) => ({ shape, kept, axes: [...shape.keys()].slice(kept) }))

/** So large that rows of equal numbers are no cliff. */
const eps = 0.5

const standardize = normed.chain(({ shape, kept, axes }) =>
  fc
    .tuple(viewOf(shape, 'float32', between(-2, 2)), resultOf(shape, 'float32'))
    .map(([x, y]): Call => {
      const found = () => rowsOf(shape.slice(0, kept), 'float32')
      return {
        given: [x],
        results: [y, found(), found()],
        run: (kernels, [x], [y, mean, variance]) =>
          kernels.standardize?.(x, eps, y, mean, variance),
        meaning: (_, [x], [y, mean, variance]) => {
          const center = x.mean(axes, rest)
          const spread = x.sub(center).square().mean(axes, rest)
          y.copy_(x.sub(center).div(spread.add(eps).sqrt()))
          mean.copy_(center.reshape(mean.shape))
          variance.copy_(spread.reshape(variance.shape))
        },
        nearness: 'close',
      }
    }),
)

const standardizeGradient = normed.chain(({ shape, kept, axes }) =>
  fc
    .tuple(
      viewOf(shape, 'float32', exactNumbers),
      viewOf(shape, 'float32', between(-2, 2)),
      viewOf(shape.slice(0, kept), 'float32', between(0.5, 2)),
      resultOf(shape, 'float32'),
    )
    .map(
      ([grad, y, inverse, out]): Call => ({
        given: [grad, y, inverse],
        results: [out],
        run: (kernels, [grad, y, inverse], [out]) =>
          kernels.standardizeGradient?.(grad, y, inverse, out),
        meaning: (_, [grad, y, inverse], [out]) => {
          const tilt = grad.sub(grad.mean(axes, rest))
          const along = y.mul(grad.mul(y).mean(axes, rest))
          const ones = axes.map(() => 1)
          const factor = inverse.reshape([...inverse.shape, ...ones])
          out.copy_(tilt.sub(along).mul(factor))
        },
        nearness: 'close',
      }),
    ),
)

const size = fc.constantFrom(0, 1, 2, 3, 7, 16, 17, 65)
const linear = fc.tuple(size, size, size).chain(([n, width, out]) =>
  fc
    .tuple(
      viewOf([n, width], 'float32', exactNumbers),
      viewOf([out, width], 'float32', exactNumbers),
      viewOf([out], 'float32', exactNumbers),
    )
    .map(
      (given): Call => ({
        given,
        results: [rowsOf([n, out], 'float32')],
        run: (kernels, [x, weight, bias], [y]) => kernels.linear?.(x, weight, bias, y),
        meaning: (_, [x, weight, bias], [y]) => y.copy_(x.matmul(weight.t()).add(bias)),
        nearness: 'equal',
      }),
    ),
)

/** What several operations mean together, along rows. */
export const rows: Readonly<Record<string, Calls>> = {
  softmax: { 'along any axis': alike('softmax', softmax) },
  softmaxGradient: {
    'along any axis': gradient(
      'softmaxGradient',
      (grad, y) => y.mul(grad.sub(shared(grad, y))),
      moderate,
      (x) => x.copy_(softmax(x)),
    ),
  },
  logSoftmax: { 'along any axis': alike('logSoftmax', logSoftmax) },
  logSoftmaxGradient: {
    'along any axis': gradient(
      'logSoftmaxGradient',
      (grad, y) => grad.sub(y.exp().mul(grad.sum(-1, rest))),
      between(-2, 0),
    ),
  },
  reluGradient: {
    'of any numbers': gradient(
      'reluGradient',
      (grad, x) => x.newEmpty(x.shape).where(x.le(0), grad),
      anyNumbers,
    ),
  },
  linear: { 'any rows by any weight': linear },
  standardize: { 'over any axes': standardize },
  standardizeGradient: { 'over any axes': standardizeGradient },
  crossEntropy: { 'of any labels, some of them ignored': crossEntropy },
  crossEntropyGradient: {
    'of any labels, some of them ignored': crossEntropyGradient,
  },
}
