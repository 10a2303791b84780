import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { runExample } from './examples.ts'

/** Stretches of indented lines in a chapter's README that begin with an import. */
export function readmeExamples(testUrl: string): string[] {
  return (readReadme(testUrl).match(/(?:^(?: {4}.*)?\n)+/gm) ?? [])
    .map((block) => block.replaceAll(/^ {4}/gm, '').trim())
    .filter((code) => code.startsWith('import'))
}

/**
 * Makes tests of a chapter's README: its examples do what they say, with the names of
 * `scope`, and its table lists each source file once, save those that only list others,
 * or were compiled.
 */
export function testReadme(testUrl: string, scope: object): void {
  for (const code of readmeExamples(testUrl)) {
    const [line] = code
      .split('\n')
      .filter((line) => /^(const|let|class|function)/.test(line))
    test(`the README keeps what it says after ${line}`, () => runExample(code, scope))
  }

  test('the README lists each source file once', () => {
    const links = readReadme(testUrl).matchAll(/\(src\/([\w/-]+\.ts)\)/g)
    const listed = Array.from(links, ([, file]) => file)
    const folder = new URL('../src/', testUrl)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    const sources = files.filter(
      (file) =>
        file.endsWith('.ts') &&
        basename(file) !== 'index.ts' &&
        !readFileSync(new URL(file, folder), 'utf8').startsWith('// Compiled from '),
    )
    expect(listed.sort()).toEqual(sources.sort())
  })
}

function readReadme(testUrl: string): string {
  return readFileSync(new URL('../README.md', testUrl), 'utf8')
}
