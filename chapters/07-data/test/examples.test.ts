import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testExamples, undocumented } from '@deepdive/testing'
import { afterAll, expect, test } from 'vitest'
import * as deepdive from '../src/index.ts'

// Where examples may leave files.
const folder = mkdtempSync(join(tmpdir(), 'deepdive-'))
process.chdir(folder)
afterAll(() => rmSync(folder, { recursive: true }))

testExamples(import.meta.url, { ...deepdive, ...deepdive.data })

test('every public name is documented with an example that runs', () => {
  expect(undocumented(import.meta.url, deepdive)).toEqual([])
})
