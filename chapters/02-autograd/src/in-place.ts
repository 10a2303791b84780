import type { ArithmeticOp } from '@deepdive/tensor'
import { GraphError } from './errors.ts'
import { isGradEnabled } from './grad-mode.ts'
import { Primitives } from './primitives.ts'
import type { Tensor } from './tensor.ts'

/**
 * Overwriting a tensor's own elements. A graph cannot record that, so it is refused
 * where one would be wrong afterwards: inside `noGrad` a leaf may be overwritten, which
 * is how optimizers step.
 */
export abstract class InPlace extends Primitives {
  /**
   * this ← this + other
   *
   * @throws GraphError on a tensor that a graph still needs, as all methods here.
   * @example
   * tensor([1, 2]).add_(10) // → tensor([11., 12.])
   */
  add_(this: Tensor, other: Tensor | number): Tensor {
    return overwrite('add', this, other)
  }

  /**
   * this ← this − other
   *
   * @example
   * tensor([1, 2]).sub_(1) // → tensor([0., 1.])
   */
  sub_(this: Tensor, other: Tensor | number): Tensor {
    return overwrite('sub', this, other)
  }

  /**
   * this ← this · other
   *
   * @example
   * tensor([1, 2]).mul_(3) // → tensor([3., 6.])
   */
  mul_(this: Tensor, other: Tensor | number): Tensor {
    return overwrite('mul', this, other)
  }

  /**
   * this ← this / other
   *
   * @example
   * tensor([1, 2]).div_(2) // → tensor([0.5000, 1.0000])
   */
  div_(this: Tensor, other: Tensor | number): Tensor {
    return overwrite('div', this, other)
  }

  /**
   * this ← source, which broadcasts
   *
   * @example
   * tensor([1, 2]).copy_(tensor(7)) // → tensor([7., 7.])
   */
  copy_(this: Tensor, source: Tensor): Tensor {
    checkOverwritable('copy_', this, source)
    this.array.copy_(source.array)
    return this
  }

  /**
   * this ← value
   *
   * @example
   * tensor([1, 2]).fill_(5) // → tensor([5., 5.])
   */
  fill_(this: Tensor, value: number): Tensor {
    checkOverwritable('fill_', this)
    this.array.fill_(value)
    return this
  }

  /**
   * this ← 0
   *
   * @example
   * tensor([1, 2]).zero_() // → tensor([0., 0.])
   */
  zero_(this: Tensor): Tensor {
    checkOverwritable('zero_', this)
    this.array.fill_(0)
    return this
  }
}

function overwrite(op: ArithmeticOp, target: Tensor, other: Tensor | number): Tensor {
  if (typeof other === 'number') checkOverwritable(`${op}_`, target)
  else checkOverwritable(`${op}_`, target, other)
  target.array.binary_(op, typeof other === 'number' ? other : other.array)
  return target
}

/**
 * Refuses to overwrite what a graph needs, or with what a graph would have to record.
 */
function checkOverwritable(op: string, target: Tensor, source?: Tensor): void {
  if (target.node && !target.node.dropped) {
    throw new GraphError(
      `${op}: the tensor was made by ${target.node.op.name}, and its graph still needs ` +
        'it: use the operation without underscore, or detach() first',
    )
  }
  if (!isGradEnabled()) return
  if (target.requiresGrad) {
    throw new GraphError(
      `${op}: the tensor requires a gradient, and overwriting is not recorded: use the ` +
        'operation without underscore, or noGrad(() => …) to change it unrecorded',
    )
  }
  if (source?.requiresGrad) {
    throw new GraphError(
      `${op}: the source requires a gradient, which would be lost: use the operation ` +
        'without underscore, or detach() the source',
    )
  }
}
