import { ones, tensor } from '@deepdive/autograd'
import { Linear } from '@deepdive/nn'
import { cpu, setDefaultDevice } from '@deepdive/tensor'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { debugLeaks, memory, scope } from '../../src/index.ts'
import { formatBytes } from '../../src/memory/format-memory.ts'
import { outOfMemory } from '../../src/memory/out-of-memory.ts'
import { type ExplicitDevice, explicitDevice } from './explicit-device.ts'

let device: ExplicitDevice
beforeEach(() => {
  device = explicitDevice()
  setDefaultDevice(device)
})
afterAll(() => setDefaultDevice(cpu))

test.each([
  [0, '0 bytes'],
  [1023, '1023 bytes'],
  [1024, '1.0 KB'],
  [1536, '1.5 KB'],
  [3.25 * 2 ** 20, '3.3 MB'],
  [2 ** 30, '1.0 GB'],
  [2 ** 52, '4096.0 TB'],
])('%s bytes are written as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

describe('memory', () => {
  test('counts tensors and bytes of the default device, views once', () => {
    const x = ones([64, 4])
    const report = memory()
    expect(x.t().shape).toEqual([4, 64])
    expect(report).toMatchObject({ tensors: 1, bytes: 1024, poolBytes: 0 })
    expect(String(report)).toBe(
      'explicit: 1 tensor holds 1.0 KB, and 0 bytes wait to be used again',
    )
  })

  test('forgets what was freed', () => {
    scope(() => ones([64]).mul(2))
    expect(memory(device)).toMatchObject({ tensors: 1, bytes: 256 })
  })

  test('is of a device alone', () => {
    const untyped: unknown = 'webgpu'
    for (const [name, of] of Object.entries({ memory, debugLeaks })) {
      expect(() => of(untyped as ExplicitDevice)).toThrow(
        `${name}: the string 'webgpu' is no device: use cpu, or what await device(`,
      )
    }
  })

  test('says of the cpu that nobody counts', () => {
    expect(memory(cpu)).toMatchObject({ tensors: null, bytes: null, poolBytes: null })
    expect(String(memory(cpu))).toContain('belong to the garbage collector')
  })
})

describe('debugLeaks', () => {
  test('names where tensors were made, the oldest first, and who frees them', () => {
    ones([1])
    debugLeaks()
    setDefaultDevice(cpu)
    new Linear(15, 16).to(device)
    setDefaultDevice(device)
    for (let n = 0; n < 3; n++) tensor(n)
    using _frame = scope()
    ones([2])
    const { places } = debugLeaks()
    const found = places.map(({ tensors, bytes, freedBy }) => [tensors, bytes, freedBy])
    expect(found).toEqual([
      [1, 4, 'garbage collector'],
      [2, 1024, 'owner'],
      [3, 12, 'garbage collector'],
      [1, 8, 'scope'],
    ])
    expect(places[0].madeAt).toBeUndefined()
    expect(places[1].madeAt).toContain('explicit-device.ts')
  })

  test('prints a table', () => {
    ones([256])
    const lines = String(debugLeaks()).split('\n')
    expect(lines[0]).toContain('explicit: 1 tensor holds 1.0 KB')
    expect(lines[1]).toBe('tensors  memory  freed by           made at')
    expect(lines[3]).toBe('      1  1.0 KB  garbage collector  before this was noted')
  })

  test('shows twenty places, and says how many more there are', () => {
    for (let n = 0; n < 22; n++) ones([1])
    let n = 0
    for (const allocation of device.ledger.live) allocation.madeAt = `line ${n++}`
    const lines = String(debugLeaks()).split('\n')
    expect(lines).toHaveLength(24)
    expect(lines[22]).toMatch(/line 19$/)
    expect(lines[23]).toBe('… and 2 more places')
  })

  test('notes nothing any more where told so', () => {
    debugLeaks(device)
    debugLeaks(device, { note: false })
    ones([1])
    expect(debugLeaks(device).places[0].madeAt).toBeUndefined()
  })
})

describe('running out of memory', () => {
  test('says how many tensors hold how much', () => {
    ones([256])
    expect(outOfMemory('explicit', 2 ** 30, device.ledger).message).toBe(
      'explicit: there is no room for 1.0 GB more: 1 tensor holds 1.0 KB, and ' +
        '0 bytes wait to be used again: make batches smaller, or free what a step has ' +
        'made by scope(); debugLeaks() tells where tensors are made',
    )
  })

  test('and where they were made, if that was noted', () => {
    ones([256])
    debugLeaks()
    ones([512])
    const { message } = outOfMemory('explicit', 2 ** 30, device.ledger)
    const [, largest, other] = message.split('\n')
    expect(largest).toMatch(/^ {2}2\.0 KB in 1 tensor, made at .*:\d+\)$/)
    expect(other).toBe('  1.0 KB in 1 tensor, made at a place not noted')
  })
})
