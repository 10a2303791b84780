import { readdirSync } from 'node:fs'
import { type Declaration, readDeclarations } from './declarations.ts'

/**
 * The functions, classes and public methods among a chapter's exports that no docstring
 * shows by an example. A method may be documented where a class above declares it, in
 * an earlier chapter too; an abstract class is shown by its methods.
 */
export function undocumented(testUrl: string, chapter: object): string[] {
  const declarations = sourceFolders(testUrl).flatMap(readDeclarations)
  const all = new Map<string, Declaration[]>()
  for (const found of declarations) {
    all.set(found.name, [...(all.get(found.name) ?? []), found])
  }
  const isShown = (name: string) =>
    all.get(name)?.some(({ kind, examples }) => {
      return kind === 'abstract class' || examples.length > 0
    }) ?? false

  const missing = new Map<string, string>()
  for (const name of functionsOf(chapter)) {
    if (!isShown(name)) missing.set(name, name)
    const lineage = lineageOf(name, all)
    for (const { name, place } of declarations) {
      const [type, method] = name.split('.')
      if (!method || !lineage.includes(type)) continue
      if (lineage.some((type) => isShown(`${type}.${method}`))) continue
      missing.set(name, `${name} (${place})`)
    }
  }
  return [...missing.values()]
}

/** The sources of the chapter that a test belongs to, and of those before it. */
function sourceFolders(testUrl: string): URL[] {
  const chapters = new URL('../../', testUrl)
  const own = new URL('../', testUrl).pathname.split('/').at(-2) ?? ''
  return readdirSync(chapters)
    .filter((name) => name <= own)
    .map((name) => new URL(`${name}/src/`, chapters))
}

/** The names of what can be called, in namespaces too: `nn.functional.relu`. */
function functionsOf(exports: object): string[] {
  return Object.entries(exports).flatMap(([name, value]) => {
    if (typeof value === 'function') return [name]
    const isNamespace = Object.prototype.toString.call(value) === '[object Module]'
    return isNamespace ? functionsOf(Object(value)) : []
  })
}

/** A class, the class that it extends, and so on. */
function lineageOf(name: string, all: ReadonlyMap<string, Declaration[]>): string[] {
  const lineage: string[] = []
  for (let type = name; type && !lineage.includes(type); ) {
    lineage.push(type)
    type = all.get(type)?.find(({ base }) => base)?.base ?? ''
  }
  return lineage
}
