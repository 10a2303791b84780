import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = new URL('./', import.meta.url)
const root = new URL('../../', here)

/** Installs the peers, unless they are what the lockfile says already. */
export function install() {
  const wanted = new URL('pnpm-lock.yaml', here)
  const installed = new URL('node_modules/.pnpm/lock.yaml', here)
  const same =
    existsSync(installed) && readFileSync(installed).equals(readFileSync(wanted))
  if (same) return
  console.error('Installing the peers that DeepDive is measured against (once).')
  const pnpm = 'node_modules/pnpm/bin/pnpm.cjs'
  call(pnpm, ['install', '--ignore-workspace', '--frozen-lockfile'], here)
}

/** Builds a package, and those it needs; what has not changed is not built again. */
export function build(name) {
  console.error('Building DeepDive.')
  call('node_modules/turbo/bin/turbo', ['run', 'build', `--filter=${name}`], root)
}

/** Runs a program of the workspace's, and shows what it printed where it fails. */
function call(program, args, cwd) {
  const path = fileURLToPath(new URL(program, root))
  if (!existsSync(path)) {
    throw new Error('the workspace is not set up yet: start this with `npm run bench`')
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
    cwd: fileURLToPath(cwd),
    encoding: 'utf8',
  })
  if (status !== 0) {
    const command = [basename(program), ...args].join(' ')
    throw new Error(`\`${command}\` failed:\n${stdout}${stderr}`)
  }
}
