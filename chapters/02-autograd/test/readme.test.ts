import { readdirSync, readFileSync } from 'node:fs'
import { runExample } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import * as autograd from '../src/index.ts'

const text = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** Stretches of indented lines that begin with an import. */
const examples = (text.match(/(?:^(?: {4}.*)?\n)+/gm) ?? [])
  .map((block) => block.replaceAll(/^ {4}/gm, '').trim())
  .filter((code) => code.startsWith('import'))

describe('the README', () => {
  test('shows three examples', () => {
    expect(examples).toHaveLength(3)
  })

  for (const code of examples) {
    const [line] = code.split('\n').filter((line) => /^const/.test(line))
    test(`keeps what it says after ${line}`, () => runExample(code, autograd))
  }

  test('defines an operator in under 10 lines', () => {
    const lines = examples[2].split('\n')
    const start = lines.findIndex((line) => line.includes('defineOp({'))
    expect(lines.indexOf('})') - start + 1).toBeLessThan(10)
  })

  test('lists each source file once', () => {
    const listed = [...text.matchAll(/\(src\/([\w/-]+\.ts)\)/g)].map(([, file]) => file)
    const files = readdirSync(new URL('../src', import.meta.url), {
      recursive: true,
      encoding: 'utf8',
    })
    const sources = files.filter((file) => file.endsWith('.ts') && file !== 'index.ts')
    expect(listed.sort()).toEqual(sources.sort())
  })
})
