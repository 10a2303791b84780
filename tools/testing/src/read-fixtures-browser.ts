declare global {
  interface ImportMeta {
    /** What Vite replaces by the text of all files that match. */
    glob(
      pattern: string,
      options: {
        readonly eager: true
        readonly query: '?raw'
        readonly import: 'default'
      },
    ): Record<string, string>
  }
}

/** The fixtures of all chapters: a page cannot look into a folder. */
const files = import.meta.glob('../../../chapters/*/test/fixtures/*.json', {
  eager: true,
  query: '?raw',
  import: 'default',
})

/** The cases of one fixture file, as `readFixture(import.meta.url, 'unary')`. */
export function readFixture<Case>(testUrl: string, name: string): Case[] {
  const [chapter] = testUrl.match(/chapters\/[^/]+\/test\//) ?? []
  const text = files[`../../../${chapter}fixtures/${name}.json`]
  if (text !== undefined) return JSON.parse(text)
  throw new Error(`there is no fixture ${name} beside ${testUrl}`)
}

/** The cases of all fixture files of a chapter, by the name of the file. */
export function readFixtures<Case>(testUrl: string): [name: string, cases: Case[]][] {
  const [chapter] = testUrl.match(/chapters\/[^/]+\/test\//) ?? []
  return Object.keys(files)
    .map((file) => file.split(`${chapter}fixtures/`)[1]?.split('.')[0])
    .filter((name) => name !== undefined)
    .sort()
    .map((name) => [name, readFixture<Case>(testUrl, name)])
}
