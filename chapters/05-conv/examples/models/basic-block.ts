import type { Tensor } from '@deepdive/autograd'
import { BatchNorm2d, Conv2d } from '@deepdive/conv'
import { Module, Sequential } from '@deepdive/nn'

/**
 * y = relu(f(x) + x), where f is two convolutions: it has to learn only how y differs
 * from x, and the gradient reaches x whatever f does to it (He et al. 2015).
 *
 *     x ─┬─ conv1 ─ bn1 ─ relu ─ conv2 ─ bn2 ─ + ─ relu ─ y
 *        └──────────── downsample ─────────────┘
 *
 * Where y has other channels or fewer pixels, a 1 × 1 convolution makes x fit.
 */
export class BasicBlock extends Module {
  readonly conv1: Conv2d
  readonly bn1: BatchNorm2d
  readonly conv2: Conv2d
  readonly bn2: BatchNorm2d
  readonly downsample: Sequential | null

  constructor(channels: number, outChannels: number, stride = 1) {
    super()
    // A bias would be lost: the normalization that follows takes the mean away.
    const options = { padding: 1, bias: false }
    this.conv1 = new Conv2d(channels, outChannels, 3, { ...options, stride })
    this.bn1 = new BatchNorm2d(outChannels)
    this.conv2 = new Conv2d(outChannels, outChannels, 3, options)
    this.bn2 = new BatchNorm2d(outChannels)
    const fits = stride === 1 && channels === outChannels
    this.downsample = fits ? null : smaller(channels, outChannels, stride)
  }

  /** [N, channels, H, W] → [N, outChannels, H / stride, W / stride] */
  forward(x: Tensor): Tensor {
    const hidden = this.bn1.forward(this.conv1.forward(x)).relu()
    const change = this.bn2.forward(this.conv2.forward(hidden))
    return change.add(this.downsample?.forward(x) ?? x).relu()
  }
}

function smaller(channels: number, outChannels: number, stride: number): Sequential {
  return new Sequential(
    new Conv2d(channels, outChannels, 1, { stride, bias: false }),
    new BatchNorm2d(outChannels),
  )
}
