import { linspace, type Tensor, where } from '@deepdive/autograd'

/**
 * A picture of [height, width] with something for every kernel: a smooth sky, the sharp
 * edge of a sun, hills, and a field of fine furrows. Grey values from 0 to 1.
 */
export function landscape(height: number, width: number): Tensor {
  const y = linspace(0, 1, height).unsqueeze(1)
  const x = linspace(0, 1, width).unsqueeze(0)
  const sky = y.mul(0.5).add(0.3).add(x.mul(0))
  const sunDistance = x.sub(0.7).square().add(y.sub(0.25).square())
  const withSun = where(sunDistance.lt(0.01), 1, sky)
  const hills = x.mul(7).sin().mul(0.08).add(x.mul(17).sin().mul(0.03)).add(0.55)
  const withHills = where(y.gt(hills), y.sub(hills).neg().add(0.35), withSun)
  const furrows = x.sub(0.5).div(y.sub(0.6)).mul(30).sin().mul(0.2).add(0.45)
  return where(y.gt(0.75), furrows, withHills)
}
