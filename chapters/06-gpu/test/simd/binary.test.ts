import { expect, test } from 'vitest'
import { binary, type Exports } from '../../src/simd/binary.ts'
import { start } from '../../src/simd/start.ts'

const bytes = Buffer.from(binary, 'base64')

test('all compiled kernels together take less than 64 KB', () => {
  expect(bytes.length).toBeLessThan(64 * 1024)
})

test('one binary starts on memory of its own, and on memory that threads share', () => {
  for (const shared of [false, true]) {
    const { memory, wasm } = start({ shared })
    expect(memory.buffer instanceof ArrayBuffer).toBe(!shared)
    const name: keyof Exports = 'multiplyPanels'
    expect(wasm[name]).toBeTypeOf('function')
  }
})
