import { testExamples, undocumented } from '@deepdive/testing'
import { expect, test } from 'vitest'
import * as deepdive from '../src/index.ts'
import { moveToOwnFolder } from './own-folder.ts'

moveToOwnFolder()
testExamples(import.meta.url, { ...deepdive, ...deepdive.data })

test('every public name is documented with an example that runs', () => {
  expect(undocumented(import.meta.url, deepdive)).toEqual([])
})
