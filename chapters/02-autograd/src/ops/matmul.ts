import type { Op } from '../op.ts'

/** y = a · b for (batches of) matrices: ∂a is grad · bᵀ, ∂b is aᵀ · grad. */
export const matmul: Op = {
  name: 'matmul',
  forward: (a, b) => a.matmul(b),
  gradient: (grad, { inputs: [a, b] }) => [
    () => grad.matmul(b.transpose(-2, -1)),
    () => a.transpose(-2, -1).matmul(grad),
  ],
}
