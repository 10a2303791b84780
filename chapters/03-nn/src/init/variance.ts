import { checkTensor, type Tensor } from '@deepdive/autograd'
import {
  checkNotNegative,
  formatShape,
  ShapeError,
  sizeOf,
  ValueError,
} from '@deepdive/tensor'
import { fillNormal, fillUniform, type InitOptions } from './fill.ts'
import { calculateGain, type Nonlinearity } from './gain.ts'

/*
 * An output adds up fan-in products, so its variance is fan-in · var(w) · var(x): it
 * stays var(x) from layer to layer where var(w) = 1 / fan-in. A gradient adds up
 * fan-out products on its way back, and asks for 1 / fan-out instead.
 */

/** Which of the two counts, or their mean. */
type Fan = 'fanIn' | 'fanOut' | 'fanAverage'

/**
 * How many numbers each output of `[out, in, …window]` adds up, and each input feeds.
 */
function fanOf(op: string, x: Tensor, mode: Fan): number {
  checkTensor(op, 'tensor', x)
  if (x.ndim < 2) {
    throw new ShapeError(
      `${op}: fan-in and fan-out need a weight of at least 2 axes, [out, in, …], not ` +
        formatShape(x.shape),
    )
  }
  const [fanOut, fanIn] = x.shape
  const window = sizeOf(x.shape.slice(2))
  if (mode === 'fanIn') return fanIn * window
  if (mode === 'fanOut') return fanOut * window
  if (mode === 'fanAverage') return ((fanIn + fanOut) / 2) * window
  throw new ValueError(`${op}: mode '${mode}' is none of fanIn, fanOut, fanAverage`)
}

export interface XavierOptions extends InitOptions {
  /** What the numbers are multiplied by. Default: 1. */
  readonly gain?: number
  /**
   * What the variance is 1 over: `'fanIn'` keeps the spread of what goes forward, and
   * is the form to understand first; `'fanAverage'` compromises with the gradients
   * going back, and is PyTorch's. Default: 'fanAverage'.
   */
  readonly mode?: 'fanIn' | 'fanAverage'
}

function xavierStd(op: string, x: Tensor, options: XavierOptions): number {
  const { gain = 1, mode = 'fanAverage' } = options
  checkNotNegative(op, { gain })
  return gain / Math.sqrt(fanOf(op, x, mode))
}

/**
 * Fills a weight `[out, in, …]` with uniform random numbers of variance
 * gain² · 2 / (fan-in + fan-out), or gain² / fan-in with `mode: 'fanIn'`: those in
 * ±√3 · std (Glorot & Bengio 2010).
 *
 * @throws ShapeError where the weight has fewer than 2 axes, as all that know fans.
 * @example
 * const weight = init.xavierUniform_(zeros([20, 30]))
 * weight.abs().le(Math.sqrt(6 / 50)).all().item() // → 1
 */
export function xavierUniform_(x: Tensor, options: XavierOptions = {}): Tensor {
  const bound = Math.sqrt(3) * xavierStd('xavierUniform_', x, options)
  return fillUniform('xavierUniform_', x, -bound, bound, options)
}

/**
 * As `xavierUniform_`, with numbers of the normal distribution.
 *
 * @example
 * const weight = init.xavierNormal_(zeros([100, 400]), { mode: 'fanIn' })
 * weight.std().sub(1 / 20).abs().lt(0.002).item() // → 1
 */
export function xavierNormal_(x: Tensor, options: XavierOptions = {}): Tensor {
  const std = xavierStd('xavierNormal_', x, options)
  return fillNormal('xavierNormal_', x, 0, std, options)
}

export interface KaimingOptions extends InitOptions {
  /** The slope of the leakyRelu that follows. Default: 0, which is relu. */
  readonly a?: number
  /**
   * Keep the spread of what goes forward, or of gradients going back. Default: 'fanIn'.
   */
  readonly mode?: 'fanIn' | 'fanOut'
  /** What follows. Default: 'leakyRelu', of slope `a`. */
  readonly nonlinearity?: Nonlinearity
}

function kaimingStd(op: string, x: Tensor, options: KaimingOptions): number {
  const { a = 0, mode = 'fanIn', nonlinearity = 'leakyRelu' } = options
  return calculateGain(nonlinearity, a) / Math.sqrt(fanOf(op, x, mode))
}

/**
 * Fills a weight `[out, in, …]` with uniform random numbers of variance gain² / fan:
 * those in ±√3 · std. The gain is that of the nonlinearity behind it (He et al. 2015).
 *
 * @example
 * const weight = init.kaimingUniform_(zeros([20, 24]), { nonlinearity: 'relu' })
 * weight.abs().le(0.5).all().item() // → 1
 */
export function kaimingUniform_(x: Tensor, options: KaimingOptions = {}): Tensor {
  const bound = Math.sqrt(3) * kaimingStd('kaimingUniform_', x, options)
  return fillUniform('kaimingUniform_', x, -bound, bound, options)
}

/**
 * As `kaimingUniform_`, with numbers of the normal distribution.
 *
 * @example
 * const weight = init.kaimingNormal_(zeros([100, 200]), { mode: 'fanOut' })
 * weight.std().sub(Math.sqrt(2 / 100)).abs().lt(0.005).item() // → 1
 */
export function kaimingNormal_(x: Tensor, options: KaimingOptions = {}): Tensor {
  const std = kaimingStd('kaimingNormal_', x, options)
  return fillNormal('kaimingNormal_', x, 0, std, options)
}
