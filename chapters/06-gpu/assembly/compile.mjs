// Compiles the AssemblyScript beside this file to WebAssembly, and writes that as text
// into src/simd/binary.ts, with the types of its functions. Does nothing while the
// sources are those that were compiled last.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = new URL('./', import.meta.url)
const target = new URL('../src/simd/binary.ts', folder)
/**
 * The most pages of 64 KiB that the memory has, so that each address is an int32 ≥ 0; a
 * memory that is shared has to say it.
 */
const pages = 32_767

const stamp = `// Compiled from assembly/, by assembly/compile.mjs: ${hashOf(folder)}`

if (!existsSync(target) || !readFileSync(target, 'utf8').startsWith(stamp)) {
  const { binary, declarations } = await compile('index.ts')
  writeFileSync(target, `${stamp}\n${source(binary, declarations)}`)
}

/** Of all that decides what is compiled. */
function hashOf(folder) {
  const hash = createHash('sha256')
  for (const file of readdirSync(folder).sort()) {
    hash.update(file).update(readFileSync(new URL(file, folder)))
  }
  hash.update(readFileSync(new URL('../package.json', folder)))
  return hash.digest('hex')
}

async function compile(entry) {
  const { main } = await import('assemblyscript/asc')
  const outputs = new Map()
  const options = ['--outFile', 'out.wasm', '--bindings', 'raw', '-O3', '--noAssert']
  const machine = ['--runtime', 'stub', '--enable', 'simd', '--enable', 'threads']
  const memory = ['--importMemory', '--zeroFilledMemory', '--maximumMemory', `${pages}`]
  const { error, stderr } = await main([entry, ...options, ...machine, ...memory], {
    readFile: (name) => {
      const file = new URL(name, folder)
      return existsSync(file) ? readFileSync(file, 'utf8') : null
    },
    writeFile: (name, contents) => outputs.set(name, contents),
    listFiles: () => [],
  })
  if (error) {
    console.error(`${fileURLToPath(folder)}${entry}:\n${stderr}`)
    process.exit(1)
  }
  return { binary: outputs.get('out.wasm'), declarations: outputs.get('out.d.ts') }
}

/**
 * The compiler declares each function in a line: `export function f(x: number): …`. It
 * writes the import of the memory as a name of six letters, then 2 for a memory, then
 * what kind of memory.
 */
function source(binary, declarations) {
  const functions = [...declarations.matchAll(/export function (\w+\(.*\): \w+);?/g)]
  const memory = Buffer.from(binary).indexOf('\x06memory\x02')
  return `
/** What the module exports; addresses are numbers of bytes. */
export interface Exports {
${functions.map(([, signature]) => `  ${signature}`).join('\n')}
}

/** The most pages that its memory may have. */
export const pages = ${pages}

/** The place of the byte that says what memory it takes: 1 if its own, 3 if shared. */
export const memoryKind = ${memory + 8}

/** The module, in base64. */
export const binary =
  '${Buffer.from(binary).toString('base64')}'
`
}
