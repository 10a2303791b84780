import { formatShape, ShapeError, sameShape, stretchesTo } from '@deepdive/tensor'
import { checkAnomaly, unwatched } from './anomaly.ts'
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

/**
 * Called with each tensor's gradient when it is complete; `node` is how it was made.
 */
export type Arrive = (tensor: Tensor, gradient: Tensor, node: Node | null) => void

/**
 * Takes gradients from the outputs towards the leaves. A tensor's turn comes when all
 * that was made from it has had its own, so that its gradient is complete: what was
 * made later has its turn earlier.
 */
export function propagate(
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
        'it ran, so its gradient may be wrong: overwrite a clone() instead',
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
  const { shape, dtype } = gradient
  if (sameShape(shape, tensor.shape) && dtype === tensor.dtype) return gradient
  throw new ShapeError(
    `registerHook: a hook on a ${tensor.dtype} tensor of ${formatShape(tensor.shape)} ` +
      `returned a ${dtype} gradient of ${formatShape(shape)}`,
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
    checkAnomaly(`the gradient of ${op.name}`, [gradient, ...inputs], value, calledAt)
    addTo(gradients, input, checked(node, input, value))
  })
}

/**
 * The gradient as its input is, in dtype and shape; a rule that gives a shape that is
 * not stretched from the input's is at fault.
 */
function checked(node: Node, input: Tensor, given: Tensor): Tensor {
  const value = given.to(input.dtype)
  if (sameShape(value.shape, input.shape)) return value
  if (stretchesTo(input.shape, value.shape)) return unbroadcast(value, input.shape)
  throw new ShapeError(
    `${node.op.name}: its gradient rule gave ${formatShape(value.shape)} for an input ` +
      `of ${formatShape(input.shape)}`,
  )
}

export function addTo(
  gradients: Map<Tensor, Tensor>,
  tensor: Tensor,
  gradient: Tensor,
): void {
  const before = gradients.get(tensor)
  gradients.set(tensor, before ? before.add(gradient) : gradient)
}
