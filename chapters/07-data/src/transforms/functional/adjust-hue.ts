import { cat, type Tensor } from '@deepdive/autograd'
import { checkNumbers } from '@deepdive/tensor'
import { checkColors } from './adjust-color.ts'

/**
 * Images whose colours are turned on the colour wheel by `factor`, where 1 is once
 * around: red becomes green by ⅓; grey stays.
 *
 * @throws ValueError where the factor is not from −0.5 to 0.5.
 * @example
 * const red = tensor([[[1]], [[0]], [[0]]])
 * transforms.functional.adjustHue(red, 1 / 3).flatten() // → tensor([0., 1., 0.])
 */
export function adjustHue(x: Tensor, factor: number): Tensor {
  checkColors('adjustHue', x, {})
  checkNumbers('adjustHue', { factor }, 'from -0.5 to 0.5', (value) => {
    return value >= -0.5 && value <= 0.5
  })
  if (x.shape[x.ndim - 3] === 1) return x
  const { hue, saturation, value } = toHsv(x)
  return fromHsv({ hue: hue.add(factor).remainder(1), saturation, value })
}

/** Hue, from 0 to 1 around the wheel; saturation; and value: each [..., 1, H, W]. */
interface Hsv {
  readonly hue: Tensor
  readonly saturation: Tensor
  readonly value: Tensor
}

/** Red lies at 0 on the wheel, green at ⅓, blue at ⅔ (Smith 1978). */
function toHsv(x: Tensor): Hsv {
  const [red, green, blue] = [0, 1, 2].map((n) => x.narrow(-3, n, 1))
  const value = x.amax(-3, { keepdim: true })
  const range = value.sub(x.amin(-3, { keepdim: true }))
  const divisor = range.add(range.eq(0).to('float32'))
  const sixths = green
    .sub(blue)
    .div(divisor)
    .where(
      value.eq(red),
      blue
        .sub(red)
        .div(divisor)
        .add(2)
        .where(value.eq(green), red.sub(green).div(divisor).add(4)),
    )
  const saturation = range.div(value.add(value.eq(0).to('float32')))
  return { hue: sixths.div(6).remainder(1), saturation, value }
}

/**
 * Each channel is v − v · s · c, where c falls from 1 to 0 towards the channel's place
 * on the wheel, and is 1 on the other side.
 */
function fromHsv({ hue, saturation, value }: Hsv): Tensor {
  const channels = [5, 3, 1].map((shift) => {
    const k = hue.mul(6).add(shift).remainder(6)
    const c = k.minimum(k.neg().add(4)).clamp(0, 1)
    return value.sub(value.mul(saturation).mul(c))
  })
  return cat(channels, -3)
}
