import { type Tensor, tensor } from '@deepdive/autograd'
import {
  Adagrad,
  Adam,
  AdamW,
  type Optimizer,
  type OptimizerParameters,
  RMSprop,
  SGD,
} from '../src/index.ts'

/** Every optimizer, in each of the ways in which it remembers something else. */
export const variants: Readonly<
  Record<string, (parameters: OptimizerParameters, lr: number) => Optimizer>
> = {
  SGD: (p, lr) => new SGD(p, { lr }),
  'SGD with momentum': (p, lr) => new SGD(p, { lr, momentum: 0.9 }),
  "SGD with Nesterov's momentum": (p, lr) => {
    return new SGD(p, { lr, momentum: 0.9, nesterov: true })
  },
  Adagrad: (p, lr) => new Adagrad(p, { lr }),
  RMSprop: (p, lr) => new RMSprop(p, { lr }),
  'centred RMSprop with momentum': (p, lr) => {
    return new RMSprop(p, { lr, centered: true, momentum: 0.9 })
  },
  Adam: (p, lr) => new Adam(p, { lr }),
  AMSGrad: (p, lr) => new Adam(p, { lr, amsgrad: true }),
  AdamW: (p, lr) => new AdamW(p, { lr }),
}

export function parameter(values: number | number[]): Tensor {
  return tensor(values, { requiresGrad: true })
}

/** (x − 3)² + 10(y + 1)², least at (3, −1). */
export function quadratic(at: Tensor): Tensor {
  const [x, y] = [at.select(0, 0), at.select(0, 1)]
  return x.sub(3).square().add(y.add(1).square().mul(10))
}

/**
 * (1 − x)² + 100(y − x²)², least at (1, 1) along a bent, narrow valley (Rosenbrock
 * 1960).
 */
export function rosenbrock(at: Tensor): Tensor {
  const [x, y] = [at.select(0, 0), at.select(0, 1)]
  return x.sub(1).square().add(y.sub(x.square()).square().mul(100))
}

/** Takes steps, and returns the loss after the last. */
export function minimise(
  loss: (at: Tensor) => Tensor,
  at: Tensor,
  optimizer: Optimizer,
  steps: number,
): number {
  for (let step = 0; step < steps; step++) {
    optimizer.zeroGrad()
    loss(at).backward()
    optimizer.step()
  }
  return loss(at).item()
}
