import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

/** What a bundler makes of a program. */
export interface Bundle {
  /** The program, without what it loads when it is needed. */
  readonly code: string
  /** How many bytes are loaded before the program runs, zipped. */
  readonly size: number
  /** The files from which something is loaded before it runs. */
  readonly files: readonly string[]
}

/** Bundles a program of a project, as Vite does for a page or for a server. */
export async function bundle(
  project: string,
  entry: string,
  where: 'page' | 'server' = 'page',
): Promise<Bundle> {
  const input = join(project, entry)
  const built = await build({
    root: project,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { write: false, ssr: where === 'server', rolldownOptions: { input } },
  })
  if (!('output' in built)) throw new Error('Vite gives one output for one input')
  const { output } = built
  const [first] = output
  const loaded = new Set([first])
  for (const { imports } of loaded) {
    for (const chunk of output) {
      if (chunk.type === 'chunk' && imports.includes(chunk.fileName)) loaded.add(chunk)
    }
  }
  const chunks = [...loaded]
  return {
    code: first.code,
    size: sum(chunks.map(({ code }) => gzipSync(code, { level: 9 }).length)),
    files: chunks.flatMap(({ modules }) => {
      return Object.keys(modules).filter((id) => modules[id].renderedLength > 0)
    }),
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0)
