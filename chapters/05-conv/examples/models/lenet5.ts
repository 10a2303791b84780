import type { Tensor } from '@deepdive/autograd'
import { AvgPool2d, Conv2d } from '@deepdive/conv'
import { Linear, Module } from '@deepdive/nn'

type Widths = readonly [conv1: number, conv2: number, fc1: number, fc2: number]

/**
 * LeNet-5 for grey images of `size` × `size` (LeCun et al. 1998): twice a convolution,
 * tanh and the mean of 2 × 2 pixels, then three linear layers.
 *
 *     [1, 28, 28] → [6, 28, 28] → [6, 14, 14] → [16, 10, 10] → [16, 5, 5] → 120 → 84 → 10
 *
 * Its padding is for images of 28 × 28, where the paper has margins of 2 pixels.
 */
export class LeNet5 extends Module {
  readonly conv1: Conv2d
  readonly conv2: Conv2d
  readonly pool = new AvgPool2d(2)
  readonly fc1: Linear
  readonly fc2: Linear
  readonly fc3: Linear

  constructor(widths: Widths = [6, 16, 120, 84], classes = 10, size = 28) {
    super()
    const [edges, shapes, parts, whole] = widths
    const side = size / 4 - 2
    this.conv1 = new Conv2d(1, edges, 5, { padding: 2 })
    this.conv2 = new Conv2d(edges, shapes, 5)
    this.fc1 = new Linear(shapes * side * side, parts)
    this.fc2 = new Linear(parts, whole)
    this.fc3 = new Linear(whole, classes)
  }

  /** [N, 1, size, size] → [N, classes] */
  forward(x: Tensor): Tensor {
    const edges = this.pool.forward(this.conv1.forward(x).tanh())
    const shapes = this.pool.forward(this.conv2.forward(edges).tanh())
    const parts = this.fc1.forward(shapes.flatten(1)).tanh()
    return this.fc3.forward(this.fc2.forward(parts).tanh())
  }
}
