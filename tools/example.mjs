// Runs an example of the chapter in the current folder, from its TypeScript source:
//   npx pnpm --filter @deepdive/tensor example mandelbrot
// It runs in the folder where that was typed, so that it finds and leaves files there.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const [name, ...flags] = process.argv.slice(2)
const examples = existsSync('examples')
  ? readdirSync('examples').filter((file) => file.endsWith('.ts'))
  : []

const help = examples.includes(`${name}.ts`) ? opening(`${name}.ts`) : []

// What is one line long has a help of its own, or no flags.
if (flags.includes('--help') && help.length > 1) {
  console.log(help.join('\n'))
} else if (help.length > 0) {
  const loader = [
    '--conditions=deepdive-source',
    '--import',
    import.meta.resolve('tsx'),
  ]
  const { status } = spawnSync(
    process.execPath,
    [...loader, resolve('examples', `${name}.ts`), ...flags],
    { stdio: 'inherit', cwd: process.env.INIT_CWD ?? process.cwd() },
  )
  process.exitCode = status ?? 1
} else {
  if (name) console.error(`There is no example ${name}.`)
  console.log(`The examples are:${examples.map(describe).join('') || ' none yet.'}`)
  process.exitCode = name ? 1 : 0
}

/** The comment that an example begins with: what it shows, and its flags. */
function opening(file) {
  const lines = readFileSync(`examples/${file}`, 'utf8').split('\n')
  const end = lines.findIndex((line) => !line.startsWith('//'))
  return lines.slice(0, end).map((line) => line.replace(/^\/\/ ?/, ''))
}

function describe(file) {
  const [first] = opening(file)
  return `\n  ${file.replace('.ts', '').padEnd(14)}${first}`
}
