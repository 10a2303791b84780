import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** Runs the tests of a file in a folder where their examples may leave files. */
export function moveToOwnFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), 'deepdive-'))
  process.chdir(folder)
  afterAll(() => rmSync(folder, { recursive: true }))
}
