// Installs the workspace's packages, unless this lockfile is installed already, and
// compiles WebAssembly, unless its sources are compiled already. Needs Node and npm
// alone: pnpm itself is fetched at the version package.json names.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
const stamp = new URL('node_modules/.deepdive-installed', root)
const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`DeepDive needs Node 20.19 or newer; this is ${process.version}.`)
  process.exit(1)
}

const lockfile = readFileSync(new URL('pnpm-lock.yaml', root))
const wanted = createHash('sha256').update(lockfile).digest('hex')

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.log('Setting up DeepDive: installing its packages (once).')
  const install = ['install', '--frozen-lockfile', '--reporter=append-only']
  const { status } = spawnSync(
    'npx',
    ['--yes', '--loglevel=error', manifest.packageManager, ...install],
    {
      cwd: fileURLToPath(root),
      stdio: 'inherit',
      shell: process.platform === 'win32',
    },
  )
  if (status !== 0) {
    console.error(
      'The installation failed: its message stands above. Run again to retry.',
    )
    process.exit(status ?? 1)
  }
  writeFileSync(stamp, wanted)
}

await import('../chapters/06-gpu/assembly/compile.mjs')
