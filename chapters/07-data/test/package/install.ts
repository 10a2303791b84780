import { execFile } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startRegistry } from './registry.ts'

const run = promisify(execFile)
const chapters = fileURLToPath(new URL('../../../', import.meta.url))
const bundle = fileURLToPath(new URL('../../../../tools/bundle.mjs', import.meta.url))
const require = createRequire(import.meta.url)

/** Runs a tool of the workspace in a folder, and gives what it wrote. */
export async function tool(script: string, args: readonly string[], cwd: string) {
  const command = [script, ...args]
  const { stdout } = await run(process.execPath, command, { cwd }).catch((error) => {
    throw new Error(`${command.join(' ')}\n${error.stdout}${error.stderr}`)
  })
  return stdout
}

export const tsc = require.resolve('typescript/bin/tsc')

/** A package that was packed for publishing. */
export interface Packed {
  readonly manifest: { readonly name: string; readonly version: string }
  readonly file: string
}

/**
 * An empty project somewhere else, with `deepdive` installed by npm from the packages as
 * they are published.
 */
export async function installProject() {
  const folder = mkdtempSync(join(tmpdir(), 'deepdive-package-'))
  const packed = await packAll(join(folder, 'packed'))
  const project = join(folder, 'project')
  cpSync(fileURLToPath(new URL('project', import.meta.url)), project, {
    recursive: true,
  })
  const offers = packed.map(({ manifest, file }) => {
    return { manifest, tarball: readFileSync(file) }
  })
  const registry = await startRegistry(offers)
  const flags = ['--registry', registry.url, '--cache', join(folder, 'cache')]
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const quiet = ['--no-audit', '--no-fund', '--ignore-scripts']
    await run(npm, ['install', 'deepdive', '@types/node', ...quiet, ...flags], {
      cwd: project,
    })
  } finally {
    registry.close()
  }
  return { project, packed, remove: () => rmSync(folder, { recursive: true }) }
}

/** Builds all chapters, as far as they have changed, and packs them. */
async function packAll(folder: string): Promise<Packed[]> {
  await tool(tsc, ['-b', 'tsconfig.build.json'], join(chapters, '07-data'))
  mkdirSync(folder)
  const pnpm = join(dirname(require.resolve('pnpm')), 'bin/pnpm.cjs')
  const packed: Packed[] = []
  for (const chapter of readdirSync(chapters)) {
    const cwd = join(chapters, chapter)
    await tool(bundle, [], cwd)
    const args = ['pack', '--json', '--pack-destination', folder]
    const { filename } = JSON.parse(await tool(pnpm, args, cwd))
    packed.push({ manifest: await manifestIn(filename), file: filename })
  }
  return packed
}

/** The package.json that is published, in which there is no `workspace:`. */
async function manifestIn(tarball: string): Promise<Packed['manifest']> {
  const { stdout } = await run('tar', ['-xzOf', tarball, 'package/package.json'])
  return JSON.parse(stdout)
}
