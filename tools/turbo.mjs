// Sets the workspace up and lets turbo run tasks, of all packages or of one chapter:
//   node tools/turbo.mjs lint typecheck test
//   node tools/turbo.mjs test --chapter autograd
import './setup.mjs'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)

const args = process.argv.slice(2)
const asked = args.indexOf('--chapter')
if (asked >= 0) args.splice(asked, 2, '--filter', packageOf(args[asked + 1]))

const turbo = createRequire(import.meta.url).resolve('turbo/bin/turbo')
const { status } = spawnSync(
  process.execPath,
  [turbo, 'run', ...args, '--concurrency=100%'],
  {
    cwd: fileURLToPath(root),
    stdio: 'inherit',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
  },
)
process.exitCode = status ?? 1

/** The package of a chapter: by its name, that without the scope, its folder or number. */
function packageOf(chapter) {
  const chapters = readdirSync(new URL('chapters', root)).flatMap((folder) => {
    const manifest = new URL(`chapters/${folder}/package.json`, root)
    if (!existsSync(manifest)) return []
    const { name } = JSON.parse(readFileSync(manifest, 'utf8'))
    const [number, ...words] = folder.split('-')
    const names = [name, name.split('/').at(-1), folder, words.join('-')]
    return [{ name, names: [...names, number, String(Number(number))] }]
  })
  const found = chapters.find(({ names }) => names.includes(chapter))
  if (found) return found.name
  const short = chapters.map(({ names: [, short] }) => short).join(', ')
  console.error(`There is no chapter ${chapter ?? '…'}: use one of ${short}`)
  process.exit(1)
}
