import { simd } from './install.ts'

/**
 * By what the `cpu` computes here: `SIMD128`, vectors of four float32 numbers in
 * WebAssembly, or `DEFAULT`, the plain kernels of chapter 1, where an engine has no such
 * vectors, or a page's content security policy forbids WebAssembly.
 *
 * @example getCpuCapability() // → SIMD128
 */
export function getCpuCapability(): 'SIMD128' | 'DEFAULT' {
  return simd ? 'SIMD128' : 'DEFAULT'
}
