export {
  constant_,
  type InitOptions,
  normal_,
  ones_,
  uniform_,
  zeros_,
} from './fill.ts'
export { calculateGain, type Nonlinearity } from './gain.ts'
export { type OrthogonalOptions, orthogonal_ } from './orthogonal.ts'
export {
  type KaimingOptions,
  kaimingNormal_,
  kaimingUniform_,
  type XavierOptions,
  xavierNormal_,
  xavierUniform_,
} from './variance.ts'
