import { checkTensor, type Tensor } from '@deepdive/autograd'
import { formatShape, type Shape, ShapeError } from '@deepdive/tensor'
import { checkMask, joinMasks } from './functional/mask.ts'

export interface MaskOptions {
  /**
   * Where a query should not look at a key: [L, S], or [N · heads, L, S] to say so for
   * each head of each sample; float32 masks are added to the scores. Default: null.
   */
  readonly attnMask?: Tensor | null
  /** Which keys no query should look at, [N, S]: true for padding. Default: null. */
  readonly keyPaddingMask?: Tensor | null
}

/** What the sizes of the inputs have to agree with. */
export interface Widths {
  readonly embedDim: number
  readonly kdim: number
  readonly vdim: number
  readonly numHeads: number
  readonly batchFirst: boolean
}

/**
 * How many samples, queries and keys there are; a missing batch counts as one sample.
 */
export interface AttentionSizes {
  readonly batched: boolean
  readonly samples: number
  readonly queries: number
  readonly keys: number
}

/** Reads the sizes off the inputs, refusing those that do not agree. */
export function checkInputs(
  widths: Widths,
  query: Tensor,
  key: Tensor,
  value: Tensor,
): AttentionSizes {
  const q = axesOf('query', query, widths.embedDim, widths)
  const k = axesOf('key', key, widths.kdim, widths)
  const v = axesOf('value', value, widths.vdim, widths)
  const alike = query.ndim === key.ndim && key.ndim === value.ndim
  if (!alike || q.samples !== k.samples || k.samples !== v.samples) {
    throw mismatch('have one batch size', query, key, value)
  }
  if (k.length !== v.length) {
    throw mismatch('have as many keys as values', query, key, value)
  }
  const { samples, length: queries } = q
  return { batched: query.ndim === 3, samples, queries, keys: k.length }
}

function axesOf(name: string, x: Tensor, width: number, { batchFirst }: Widths) {
  checkTensor('MultiheadAttention', name, x)
  const form = batchFirst ? 'N, L, ' : 'L, N, '
  if (x.ndim < 2 || x.ndim > 3 || x.size(-1) !== width) {
    throw new ShapeError(
      `MultiheadAttention: ${name} ${formatShape(x.shape)} must be [${form}${width}], ` +
        `or [L, ${width}] without a batch`,
    )
  }
  const [first, second] = x.shape
  if (x.ndim === 2) return { samples: 1, length: first }
  return batchFirst
    ? { samples: first, length: second }
    : { samples: second, length: first }
}

function mismatch(rule: string, ...inputs: readonly Tensor[]): ShapeError {
  const shapes = inputs.map(({ shape }) => formatShape(shape)).join(', ')
  return new ShapeError(`MultiheadAttention: query, key, value ${shapes} must ${rule}`)
}

/** One mask for scores of [N, heads, L, S] from those given; true means "look". */
export function lookMask(
  { numHeads }: Widths,
  { batched, samples, queries, keys }: AttentionSizes,
  { attnMask, keyPaddingMask }: MaskOptions,
): Tensor | null {
  const masks: Tensor[] = []
  if (attnMask) {
    const each: Shape = [samples * numHeads, queries, keys]
    checkMask('MultiheadAttention', 'attnMask', attnMask, [[queries, keys], each])
    const ofHeads = attnMask.ndim === 3
    masks.push(ofHeads ? attnMask.unflatten(0, [samples, numHeads]) : attnMask)
  }
  if (keyPaddingMask) {
    const shape = batched ? [samples, keys] : [keys]
    checkMask('MultiheadAttention', 'keyPaddingMask', keyPaddingMask, [shape])
    masks.push(keyPaddingMask.reshape([samples, 1, 1, keys]))
  }
  return masks.length > 0 ? masks.map(inverted).reduce(joinMasks) : null
}

/** The layer's masks say where not to look, the function's where to. */
function inverted(mask: Tensor): Tensor {
  return mask.dtype === 'bool' ? mask.logicalNot() : mask
}
