import {
  DTypeError,
  describeValue,
  formatShape,
  ShapeError,
  type Storage,
  sameShape,
  ValueError,
} from '@deepdive/tensor'
import { GraphError } from './errors.ts'
import type { Node } from './node.ts'
import { addTo, type BackwardOptions, propagate } from './propagate.ts'
import { Tensor } from './tensor.ts'

/** How `grad` starts, and what it does about inputs without a part in the outputs. */
export interface GradOptions extends BackwardOptions {
  /** The gradient of each output. Default: 1, for outputs of one element. */
  readonly gradOutputs?: readonly Tensor[]
  /**
   * Zeros, in place of an error, for inputs that no output depends on. Default: false.
   */
  readonly materializeGrads?: boolean
}

/** Adds ∂root/∂leaf to `leaf.grad` for all leaves (see Tensor.backward). */
export function backward(
  root: Tensor,
  gradient: Tensor | undefined,
  options: BackwardOptions,
): void {
  const seed = seedOf('backward', root, gradient)
  const taken = new Set([seed.array.storage])
  propagate(new Map([[root, seed]]), undefined, options, (tensor, grad, node) => {
    addUsed(taken, node)
    if (node && !tensor.retainsGrad) return
    tensor.grad = tensor.grad ? tensor.grad.add(grad) : inOwnMemory(grad, taken)
  })
}

/**
 * ∂outputs/∂inputs, summed over the outputs, without touching anyone's `grad`.
 *
 * @throws GraphError where an input has no part in the outputs.
 * @example
 * const x = tensor(3, { requiresGrad: true })
 * const [slope] = grad([x.pow(3)], [x], { createGraph: true })
 * slope.item() // → 27
 * grad([slope], [x])[0] // → tensor(18.)
 */
export function grad(
  outputs: Tensor | readonly Tensor[],
  inputs: Tensor | readonly Tensor[],
  options: GradOptions = {},
): Tensor[] {
  const wantedInputs = [inputs].flat()
  checkAllRequireGrad(wantedInputs)
  const seeds = seedsOf([outputs].flat(), options.gradOutputs)
  const found = new Map<Tensor, Tensor>()
  const wanted = new Set(wantedInputs)
  const taken = new Set(Array.from(seeds.values(), ({ array }) => array.storage))
  propagate(seeds, wanted, options, (tensor, gradient, node) => {
    addUsed(taken, node)
    if (wanted.has(tensor)) found.set(tensor, gradient)
  })
  return wantedInputs.map((input, n) => {
    const gradient = found.get(input)
    if (gradient) return inOwnMemory(gradient, taken)
    if (options.materializeGrads) return input.newZeros(input.shape)
    throw new GraphError(
      `grad: input ${n} of ${formatShape(input.shape)} has no part in the outputs: ` +
        'leave it out, or pass { materializeGrads: true } for zeros',
    )
  })
}

/** The gradient of each output; one that is there twice gets the sum of both. */
function seedsOf(
  outputs: readonly Tensor[],
  given: readonly Tensor[] | undefined,
): Map<Tensor, Tensor> {
  if (given && given.length !== outputs.length) {
    throw new ValueError(
      `grad: there are ${outputs.length} outputs, but ${given.length} gradOutputs: give ` +
        'one for each',
    )
  }
  const seeds = new Map<Tensor, Tensor>()
  outputs.forEach((output, n) => {
    addTo(seeds, output, seedOf('grad', output, given?.[n]))
  })
  return seeds
}

function checkAllRequireGrad(inputs: readonly Tensor[]): void {
  const place = inputs.findIndex((input) => !input.requiresGrad)
  if (place < 0) return
  throw new GraphError(
    `grad: input ${place} of ${formatShape(inputs[place].shape)} requires no gradient: ` +
      'make it with { requiresGrad: true }',
  )
}

/** The gradient that a pass starts with: the one given, or 1 for a single number. */
export function seedOf(op: string, output: Tensor, gradient?: Tensor): Tensor {
  if (!output.requiresGrad) {
    throw new GraphError(
      `${op}: this tensor requires no gradient: none that it was made from does, or it ` +
        'was made inside noGrad, detached, or by what has no slope, as argmax or gt',
    )
  }
  const needed = formatShape(output.shape)
  if (!gradient) {
    if (output.numel() === 1) return output.newZeros(output.shape).fill_(1)
    throw new ShapeError(
      `${op}: only a single number has a gradient by itself, and this tensor is ` +
        `${needed}: reduce it, by .sum() for instance, or pass a gradient of ${needed}`,
    )
  }
  if (!(gradient instanceof Tensor)) {
    throw new ValueError(
      `${op}: the gradient is ${describeValue(gradient)}, not a tensor; options come ` +
        'after it, as in backward(undefined, { retainGraph: true })',
    )
  }
  if (gradient.dtype !== output.dtype) {
    throw new DTypeError(
      `${op}: the gradient is ${gradient.dtype}, but the tensor ${output.dtype}`,
    )
  }
  if (sameShape(gradient.shape, output.shape)) return gradient
  throw new ShapeError(
    `${op}: the gradient is ${formatShape(gradient.shape)}, but the tensor ${needed}`,
  )
}

/** Notes the memory that an operation read and wrote. */
function addUsed(taken: Set<Storage>, node: Node | null): void {
  if (!node) return
  for (const { array } of [node.output, ...node.inputs]) taken.add(array.storage)
}

/**
 * A gradient given away must be free to be overwritten, so it may not share memory with
 * another (a sum sends one gradient to both operands) or with an input of the graph.
 */
function inOwnMemory(gradient: Tensor, taken: Set<Storage>): Tensor {
  const { array } = gradient
  const whole = array.isContiguous() && array.numel() === array.storage.length
  const own = whole && !taken.has(array.storage)
  taken.add(array.storage)
  return own ? gradient : gradient.clone()
}
