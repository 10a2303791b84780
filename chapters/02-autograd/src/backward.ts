import {
  DTypeError,
  formatShape,
  type Shape,
  ShapeError,
  type Storage,
  sameShape,
} from '@deepdive/tensor'
import { checkFinite, unwatched } from './anomaly.ts'
import { GraphError } from './errors.ts'
import { enableGrad, noGrad } from './grad-mode.ts'
import type { Node } from './node.ts'
import type { Tensor } from './tensor.ts'
import { unbroadcast } from './unbroadcast.ts'

/** What a pass through a graph leaves behind. */
export interface BackwardOptions {
  /** Keep the graph for another pass. Default: as `createGraph`. */
  readonly retainGraph?: boolean
  /** Record the pass itself, for derivatives of higher order. Default: false. */
  readonly createGraph?: boolean
}

/** How `grad` starts, and what it does about inputs without a part in the outputs. */
export interface GradOptions extends BackwardOptions {
  /** The gradient of each output. Default: 1, for outputs of one element. */
  readonly gradOutputs?: readonly Tensor[]
  /** Zeros, in place of an error, for inputs that no output depends on. Default: false. */
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
    const used = node ? [node.output, ...node.inputs] : []
    for (const { array } of used) taken.add(array.storage)
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
  outputs: readonly Tensor[],
  inputs: readonly Tensor[],
  options: GradOptions = {},
): Tensor[] {
  const seeds = new Map<Tensor, Tensor>()
  outputs.forEach((output, n) => {
    addTo(seeds, output, seedOf('grad', output, options.gradOutputs?.[n]))
  })
  const found = new Map<Tensor, Tensor>()
  const wanted = new Set(inputs)
  propagate(seeds, wanted, options, (tensor, gradient) => {
    if (wanted.has(tensor)) found.set(tensor, gradient)
  })
  return inputs.map((input, n) => {
    const gradient = found.get(input)
    if (gradient) return gradient
    if (options.materializeGrads) return input.newZeros(input.shape)
    throw new GraphError(
      `grad: input ${n} of ${formatShape(input.shape)} has no part in the outputs: ` +
        'leave it out, or pass { materializeGrads: true } for zeros',
    )
  })
}

type Arrive = (tensor: Tensor, gradient: Tensor, node: Node | null) => void

/**
 * Takes gradients from the outputs towards the leaves. A tensor's turn comes when all
 * that was made from it has had its own, so that its gradient is complete: what was
 * made later has its turn earlier.
 */
function propagate(
  gradients: Map<Tensor, Tensor>,
  wanted: ReadonlySet<Tensor> | undefined,
  { createGraph = false, retainGraph = createGraph }: BackwardOptions,
  arrive: Arrive,
): void {
  const tensors = newestFirst([...gradients.keys()])
  const useful = wanted && usefulFor(wanted, tensors)
  const pass = () => {
    for (const tensor of tensors) {
      const arrived = gradients.get(tensor)
      if (!arrived || (useful && !useful.has(tensor))) continue
      gradients.delete(tensor)
      const gradient = runHooks(tensor, arrived)
      arrive(tensor, gradient, tensor.node)
      if (!tensor.node?.inputs.some((input) => needs(input, useful))) continue
      sendBack(tensor.node, gradient, gradients, useful)
      if (!retainGraph) tensor.node.drop()
    }
  }
  if (createGraph) enableGrad(pass)
  else noGrad(pass)
}

/** All tensors that require a gradient and lead to the outputs; leaves come last. */
function newestFirst(outputs: readonly Tensor[]): Tensor[] {
  const seen = new Set(outputs)
  const made: { readonly tensor: Tensor; readonly order: number }[] = []
  const leaves: Tensor[] = []
  for (const tensor of seen) {
    if (!tensor.node) {
      leaves.push(tensor)
      continue
    }
    checkUsable(tensor.node)
    made.push({ tensor, order: tensor.node.order })
    for (const input of tensor.node.inputs) if (input.requiresGrad) seen.add(input)
  }
  made.sort((a, b) => b.order - a.order)
  return [...made.map(({ tensor }) => tensor), ...leaves]
}

/** Refuses a graph that a pass has dropped, or whose inputs were overwritten. */
export function checkUsable(node: Node): void {
  if (node.dropped) {
    throw new GraphError(
      `backward: the graph of this ${node.op.name} was used by an earlier pass and ` +
        'dropped: give that one { retainGraph: true } to go through it twice',
    )
  }
  if (node.overwritten) {
    throw new GraphError(
      `backward: an input or the result of this ${node.op.name} was overwritten after ` +
        'it ran, so its gradient would be wrong: overwrite a clone() instead',
    )
  }
}

/** Those of `tensors` that are wanted, or that a wanted one leads to. */
function usefulFor(
  wanted: ReadonlySet<Tensor>,
  tensors: readonly Tensor[],
): Set<Tensor> {
  const useful = new Set(wanted)
  for (const tensor of tensors.toReversed()) {
    if (tensor.node?.inputs.some((input) => useful.has(input))) useful.add(tensor)
  }
  return useful
}

function needs(input: Tensor, useful: ReadonlySet<Tensor> | undefined): boolean {
  return input.requiresGrad && (useful?.has(input) ?? true)
}

function runHooks(tensor: Tensor, arrived: Tensor): Tensor {
  let gradient = arrived
  for (const hook of tensor.hooks) gradient = hook(gradient) ?? gradient
  if (sameShape(gradient.shape, tensor.shape)) return gradient
  throw new ShapeError(
    `registerHook: a hook on a tensor of ${formatShape(tensor.shape)} returned a ` +
      `gradient of ${formatShape(gradient.shape)}`,
  )
}

/** Applies an operation's rule, and adds what it gives to its inputs' gradients. */
function sendBack(
  node: Node,
  gradient: Tensor,
  gradients: Map<Tensor, Tensor>,
  useful: ReadonlySet<Tensor> | undefined,
): void {
  const { op, inputs, calledAt } = node
  const parts = unwatched(() => op.gradient?.(gradient, node)) ?? []
  if (parts.length !== inputs.length) {
    throw new GraphError(
      `${op.name}: its gradient rule gave ${parts.length} gradients for ` +
        `${inputs.length} inputs: give null for an input that has none`,
    )
  }
  inputs.forEach((input, n) => {
    if (!needs(input, useful)) return
    const part = parts[n]
    const value = typeof part === 'function' ? unwatched(part) : part
    if (!value) return
    checkFinite(`the gradient of ${op.name}`, [gradient, ...inputs], value, calledAt)
    addTo(gradients, input, checked(node, input, value))
  })
}

/** The gradient at its input's shape; a rule that gives another one is at fault. */
function checked(node: Node, input: Tensor, value: Tensor): Tensor {
  if (sameShape(value.shape, input.shape)) return value
  if (stretchesTo(input.shape, value.shape)) return unbroadcast(value, input.shape)
  throw new ShapeError(
    `${node.op.name}: its gradient rule gave ${formatShape(value.shape)} for an input ` +
      `of ${formatShape(input.shape)}`,
  )
}

function stretchesTo(shape: Shape, stretched: Shape): boolean {
  const added = stretched.length - shape.length
  return (
    added >= 0 && shape.every((n, axis) => n === 1 || n === stretched[axis + added])
  )
}

function addTo(gradients: Map<Tensor, Tensor>, tensor: Tensor, gradient: Tensor): void {
  const before = gradients.get(tensor)
  gradients.set(tensor, before ? before.add(gradient) : gradient)
}

/** The gradient that a pass starts with: the one given, or 1 for a single number. */
export function seedOf(op: string, output: Tensor, gradient?: Tensor): Tensor {
  if (!output.requiresGrad) {
    throw new GraphError(
      `${op}: this tensor requires no gradient: none that it was made from does, or it ` +
        'was made inside noGrad, or detached',
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

/**
 * A leaf's gradient must be free to be overwritten, so it may not share memory with
 * another (a sum sends one gradient to both operands) or with an input of the graph.
 */
function inOwnMemory(gradient: Tensor, taken: Set<Storage>): Tensor {
  const { array } = gradient
  const whole = array.isContiguous() && array.numel() === array.storage.length
  const own = whole && !taken.has(array.storage)
  taken.add(array.storage)
  return own ? gradient : gradient.clone()
}
