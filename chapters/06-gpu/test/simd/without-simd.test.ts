import { afterEach, beforeEach, expect, test, vi } from 'vitest'

beforeEach(() => vi.resetModules())
afterEach(() => vi.unstubAllGlobals())

/** The chapter, and the kernels before and after it was imported. */
async function imported() {
  const { cpu, ones } = await import('@deepdive/tensor')
  const before = { ...cpu.kernels }
  const { getCpuCapability, getNumThreads } = await import('../../src/index.ts')
  const y = ones([40, 40]).matmul(ones([40, 40]))
  expect(y.eq(40).all().item()).toBe(1)
  return { before, cpu, getCpuCapability, getNumThreads }
}

test('kernels of vectors take the places of plain ones', async () => {
  const { before, cpu, getCpuCapability } = await imported()
  expect(getCpuCapability()).toBe('SIMD128')
  expect(cpu.kernels.matmul).not.toBe(before.matmul)
})

test('where WebAssembly has no vectors, the plain kernels stay', async () => {
  vi.stubGlobal('WebAssembly', { ...WebAssembly, validate: () => false })
  const { before, cpu, getCpuCapability, getNumThreads } = await imported()
  expect(getCpuCapability()).toBe('DEFAULT')
  expect(getNumThreads()).toBe(1)
  expect(cpu.kernels).toMatchObject(before)
})

test('where a page forbids WebAssembly, the plain kernels stay', async () => {
  const { CompileError } = WebAssembly
  vi.stubGlobal('WebAssembly', {
    validate: () => true,
    Memory: WebAssembly.Memory,
    CompileError,
    Module: class {
      constructor() {
        throw new CompileError('forbidden by content security policy')
      }
    },
  })
  const { before, cpu, getCpuCapability } = await imported()
  expect(getCpuCapability()).toBe('DEFAULT')
  expect(cpu.kernels).toMatchObject(before)
})
