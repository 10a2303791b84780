// Joins the compiled files of a chapter for Node, which takes longer to find and to open
// files than to read them: chapters 1 to 6 have 300. Bundlers for pages, and browsers, get
// the files themselves, of which they leave out what a program does not use.
//   node ../../tools/bundle.mjs, in the folder of a chapter
import { readFileSync } from 'node:fs'
import { build } from 'rolldown'

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'))

/** What each way into the package is made of, by its name in dist/node. */
const input = Object.fromEntries(
  Object.values(exports).map(({ node, default: compiled }) => [
    node.replace('./dist/node/', '').replace(/\.js$/, ''),
    compiled,
  ]),
)

/** Takes a file with its map, so that a debugger shows TypeScript. */
const withMap = {
  name: 'with-map',
  load: (path) => ({
    code: readFileSync(path, 'utf8'),
    map: readFileSync(`${path}.map`, 'utf8'),
  }),
}

await build({
  input,
  platform: 'node',
  // Other packages stay outside, so that all chapters share one Tensor. (What begins by
  // a letter and a colon is a path of Windows.)
  external: /^(?![a-z]:)[^.#/\\]/i,
  plugins: [withMap],
  output: {
    dir: 'dist/node',
    cleanDir: true,
    sourcemap: true,
    comments: { jsdoc: false },
  },
  logLevel: 'warn',
})
