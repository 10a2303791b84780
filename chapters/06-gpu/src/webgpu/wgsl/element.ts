import type { DType } from '@deepdive/tensor'

/** The types of elements in WGSL; a bool is a number there, 0 or 1. */
export const elementTypes = {
  float32: 'f32',
  float16: 'f16',
  int32: 'i32',
  bool: 'u32',
} as const

export type ElementType = (typeof elementTypes)[DType]

/** What kernels compute in: a float16 is one in memory alone. */
export type NumberDType = Exclude<DType, 'float16'>

/** The dtype in which kernels compute with elements of `dtype`. */
export function numberDType(dtype: DType): NumberDType {
  return dtype === 'float16' ? 'float32' : dtype
}

/** The type of a number that is made of an element, or is to become one. */
export function numberType(dtype: DType): (typeof elementTypes)[NumberDType] {
  return elementTypes[numberDType(dtype)]
}

/** An element as it is read, or four of them: as numbers to compute with. */
export function loaded(element: string, dtype: DType, isFour = false): string {
  if (dtype !== 'float16') return element
  return isFour ? `vec4<f32>(${element})` : `f32(${element})`
}

/** A number as it is written to memory. */
export function stored(number: string, dtype: DType): string {
  return dtype === 'float16' ? `toHalf(${number})` : number
}
