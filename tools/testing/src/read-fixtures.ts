import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'

/** The cases of one fixture file, as `readFixture(import.meta.url, 'unary')`. */
export function readFixture<Case>(testUrl: string, name: string): Case[] {
  const url = new URL(`fixtures/${name}.json`, testUrl)
  return JSON.parse(readFileSync(url, 'utf8'))
}

/** The cases of all fixture files of a chapter, by the name of the file. */
export function readFixtures<Case>(testUrl: string): [name: string, cases: Case[]][] {
  return readdirSync(new URL('fixtures/', testUrl))
    .sort()
    .map((file) => basename(file, '.json'))
    .map((name) => [name, readFixture<Case>(testUrl, name)])
}
