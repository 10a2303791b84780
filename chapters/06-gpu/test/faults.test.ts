import { ValueError } from '@deepdive/tensor'
import { collectGarbage } from '@deepdive/testing'
import { expect, test } from 'vitest'
import { Faults, faultOf } from '../src/webgpu/faults.ts'

test('100,000 claims that nobody reads take the memory of 10,000', async () => {
  const faults = new Faults()
  const refs = Array.from({ length: 100_000 }, (_, n) => {
    const error = () => new ValueError(`claim ${n}`)
    faults.claim(error)
    return new WeakRef(error)
  })
  await collectGarbage()
  expect(refs.filter((ref) => ref.deref()).length).toBe(10_000)
  const error = (claim: number) =>
    faults.take()(Int32Array.of(1, faultOf.claim, claim, 0))?.message
  expect(error(89_999)).toContain('more than 10000 checks ago')
})

test('the last claims are known by their errors', () => {
  const faults = new Faults()
  const numbers = Array.from({ length: 20_000 }, (_, n) =>
    faults.claim(() => new ValueError(`claim ${n}`)),
  )
  const error = (claim: number) =>
    faults.take()(Int32Array.of(1, faultOf.claim, numbers[claim], 0))?.message
  expect(error(10_000)).toBe('claim 10000')
})
