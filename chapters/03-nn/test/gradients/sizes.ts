import type { Shape } from '@deepdive/tensor'
import fc from 'fast-check'
import {
  type Domain,
  type Inputs,
  real,
  shaped,
} from '../../../02-autograd/test/inputs.ts'

/** Shapes from those of the axes in front, and from three sizes. */
type Make = (lead: Shape, a: number, b: number, c: number) => Shape[]

/** Nothing in front, a batch, two axes, or a batch of no samples. */
const leads: fc.Arbitrary<Shape> = fc.constantFrom([], [2], [1, 2], [0])
const sizes = fc.constantFrom(1, 2, 3)

/** Tensors whose shapes have to fit one another. */
export function fitting(make: Make, domain: Domain = real): Inputs {
  return fc
    .tuple(leads, sizes, sizes, sizes)
    .chain(([lead, a, b, c]) => shaped(make(lead, a, b, c), domain))
}

/** As `fitting`, where a batch must have samples. */
export function filled(make: Make, domain: Domain = real): Inputs {
  return fitting((lead, ...rest) => make(lead[0] === 0 ? [3] : lead, ...rest), domain)
}
