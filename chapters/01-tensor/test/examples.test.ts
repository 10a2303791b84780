import { runExample, testExamples, undocumented } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import * as tensor from '../src/index.ts'

testExamples(import.meta.url, tensor)

test('every public name is documented with an example that runs', () => {
  expect(undocumented(import.meta.url, tensor)).toEqual([])
})

describe('the runner of examples', () => {
  const run = (code: string) => runExample(code, tensor)

  test('accepts what is printed, over several lines too', async () => {
    await run('const x = array([1, 2])\nx.neg() // → array([-1., -2.])')
    await run(
      'eye(2)\n// → array([[1., 0.],\n//          [0., 1.]])\neye(1) // → array([[1.]])',
    )
    await run(
      '({ shape: zeros([2, 3]).shape, name: "x" }) // → { shape: [2, 3], name: \'x\' }',
    )
    await run('(await ones([2]).cpu()).sum().item() // → 2')
  })

  test('refuses a value that prints otherwise', async () => {
    await expect(run('array([1]) // → array([2.])')).rejects.toThrow(/array\(\[2\.\]\)/)
    await expect(run('eye(2)\n// → array([[1., 0.],')).rejects.toThrow()
  })

  test('wants the error that is promised', async () => {
    await run('array([1, 2]).reshape([3]) // throws ShapeError: reshape: cannot lay 2')
    await expect(run('zeros([3]) // throws ShapeError: x')).rejects.toThrow('nothing')
    await expect(run('zeros([-1]) // throws ShapeError: x')).rejects.toThrow(
      'ValueError',
    )
    await expect(run('zeros([-1])')).rejects.toThrow('is no shape')
  })

  test('refuses a claim that it cannot check', async () => {
    await expect(run('const x = 1 // → 1')).rejects.toThrow('so none checks it')
  })
})
