export * from './errors.ts'
export { describeValue } from './describe-value.ts'
export { formatTable, type TableOptions } from './table.ts'
export { callSite } from './call-site.ts'
export * from './check-option.ts'
export {
  type DType,
  dtypeOf,
  dtypeOfElements,
  isFloatingPoint,
  promoteTypes,
  type TypedArray,
} from './dtype.ts'
export {
  checkList,
  checkShape,
  formatShape,
  normalizeDim,
  normalizeDims,
  reducedAxes,
  type Shape,
  sameShape,
  sizeOf,
} from './shape.ts'
export { broadcastShapes, stretchesTo } from './broadcast.ts'
export { contiguousStrides, isContiguous, type Layout } from './views.ts'
export {
  checkDevice,
  checkSameDevice,
  type Device,
  Storage,
  type View,
} from './device.ts'
export type * from './kernels.ts'
export { philox } from './cpu/philox.ts'
export { cpu } from './cpu/cpu.ts'
export {
  type CommonAxes,
  elements,
  forEachLane,
  forEachRun,
  mergeAxes,
  type Visit,
} from './cpu/walk.ts'
export { getDefaultDevice, setDefaultDevice } from './default-device.ts'
export { Movement } from './movement.ts'
export { Axes } from './axes.ts'
export { Parts } from './parts.ts'
export { Arithmetic } from './arithmetic.ts'
export { Comparison, checkBounds } from './comparison.ts'
export { Elementwise } from './elementwise.ts'
export {
  type Dims,
  type KeepDim,
  Reductions,
  type VarianceOptions,
} from './reductions.ts'
export { Extremes, type ValuesAndIndices } from './extremes.ts'
export { Products } from './products.ts'
export { type Index, Indexing } from './indexing.ts'
export type { NestedArray } from './nested.ts'
export { formatArray } from './print.ts'
export { NDArray } from './ndarray.ts'
export { verify } from './verify.ts'
export {
  array,
  type CreateOptions,
  full,
  isShape,
  type NumericArray,
  ones,
  zeros,
} from './create.ts'
export { arange, eye, linspace } from './ranges.ts'
export { cat, checkJoinable, checkStackable, stack } from './join.ts'
export {
  Generator,
  getRngState,
  manualSeed,
  type RandomState,
  setRngState,
} from './generator.ts'
export { type RandomOptions, rand, randint, randn, randperm } from './random.ts'
export { multinomial } from './multinomial.ts'
