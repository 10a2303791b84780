import type { Tensor } from '@deepdive/autograd'
import { AdaptiveAvgPool2d, BatchNorm2d, Conv2d } from '@deepdive/conv'
import { Linear, Module, Sequential } from '@deepdive/nn'
import { BasicBlock } from './basic-block.ts'

/**
 * A small ResNet for images of any size (He et al. 2015): a convolution, two blocks
 * with skip connections, the second at half the size, the mean of all pixels, a linear
 * layer. Its keys are those of torchvision: `layer2.0.downsample.0.weight`.
 */
export class ResNet extends Module {
  readonly conv1: Conv2d
  readonly bn1: BatchNorm2d
  readonly layer1: Sequential
  readonly layer2: Sequential
  readonly avgpool = new AdaptiveAvgPool2d(1)
  readonly fc: Linear

  constructor(
    channels = 3,
    [narrow, wide]: readonly [narrow: number, wide: number] = [16, 32],
    classes = 10,
  ) {
    super()
    this.conv1 = new Conv2d(channels, narrow, 3, { padding: 1, bias: false })
    this.bn1 = new BatchNorm2d(narrow)
    this.layer1 = new Sequential(new BasicBlock(narrow, narrow))
    this.layer2 = new Sequential(new BasicBlock(narrow, wide, 2))
    this.fc = new Linear(wide, classes)
  }

  /** [N, channels, H, W] → [N, classes] */
  forward(x: Tensor): Tensor {
    const stem = this.bn1.forward(this.conv1.forward(x)).relu()
    const features = this.layer2.forward(this.layer1.forward(stem))
    return this.fc.forward(this.avgpool.forward(features).flatten(1))
  }
}
