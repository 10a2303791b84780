import { rand, stack, type Tensor } from '@deepdive/autograd'
import { cpu } from '@deepdive/tensor'
import type { LoadOptions } from '../datasets/load-options.ts'
import { checkImages } from './functional/check-images.ts'

/**
 * Makes another image of one, [C, H, W], or of each of a batch, [N, C, H, W]. What it
 * draws at random, it draws from the generator of the options.
 */
export type Transform = (x: Tensor, options?: LoadOptions) => Tensor

/** Draws a number from [low, high). */
export type Draw = (low: number, high: number) => number

/** A transform that draws anew for each image, and so for each of a batch. */
export function forEachImage(
  name: string,
  change: (image: Tensor, draw: Draw) => Tensor,
): Transform {
  return (x, options) => {
    checkImages(name, x)
    const draw: Draw = (low, high) => {
      return low + (high - low) * rand([], { ...options, device: cpu }).item()
    }
    if (x.ndim === 3) return change(x, draw)
    const count = x.shape[0]
    const images = Array.from({ length: count }, (_, n) => x.select(0, n))
    // An empty batch has images of a shape as well: that of any other.
    if (count === 0) images.push(x.newZeros(x.shape.slice(1)))
    return stack(images.map((image) => change(image, draw))).narrow(0, 0, count)
  }
}
