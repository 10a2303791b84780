import { expect, test, vi } from 'vitest'

const names = ['gatherWindows', 'addWindows', 'largestInWindows'] as const

/** The `cpu` as if nobody had imported this chapter yet. */
const freshCpu = async () => {
  vi.resetModules()
  return (await import('@deepdive/tensor')).cpu
}

test('importing the chapter teaches the cpu its kernels', async () => {
  const cpu = await freshCpu()
  expect(names.map((name) => cpu.kernels[name])).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  await import('../src/cpu/install.ts')
  for (const name of names) expect(cpu.kernels[name]).toBeTypeOf('function')
})

test.each(names)('a faster %s that is there stays', async (name) => {
  const cpu = await freshCpu()
  const faster = () => {}
  cpu.kernels[name] = faster
  await import('../src/cpu/install.ts')
  expect(cpu.kernels[name]).toBe(faster)
})
