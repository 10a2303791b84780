import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'

/** A name that a source file exports, with the examples of its docstring. */
export interface Declaration {
  /** `cat`, or `Products.matmul` for a public method of a class. */
  readonly name: string
  /** Where it stands: `products.ts:24`. */
  readonly place: string
  readonly kind: 'class' | 'abstract class' | 'member' | 'other'
  /** The name of the class that a class extends, or ''. */
  readonly base: string
  readonly examples: readonly string[]
}

/** The exported declarations of all source files under a folder. */
export function readDeclarations(folder: URL): Declaration[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .flatMap((file) =>
      declarationsOf(file, readFileSync(new URL(file, folder), 'utf8')),
    )
}

function declarationsOf(file: string, text: string): Declaration[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const declaration = (node: ts.Node, name: string, kind: Declaration['kind']) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart())
    const place = `${file}:${line + 1}`
    return { name, place, kind, base: baseOf(node), examples: examplesOf(node) }
  }
  return source.statements.filter(isExported).flatMap((statement) => {
    const name = nameOf(statement)
    if (!ts.isClassDeclaration(statement)) return declaration(statement, name, 'other')
    const abstract = has(statement, ts.SyntaxKind.AbstractKeyword)
    const members = statement.members.filter(isPublicMethod)
    return [
      declaration(statement, name, abstract ? 'abstract class' : 'class'),
      ...members.map((m) => declaration(m, `${name}.${nameOf(m)}`, 'member')),
    ]
  })
}

function isExported(statement: ts.Statement): boolean {
  return has(statement, ts.SyntaxKind.ExportKeyword)
}

function isPublicMethod(member: ts.ClassElement): boolean {
  const { PrivateKeyword, ProtectedKeyword } = ts.SyntaxKind
  const method = ts.isMethodDeclaration(member) || ts.isGetAccessor(member)
  const named = method && ts.isIdentifier(member.name)
  return named && !has(member, PrivateKeyword) && !has(member, ProtectedKeyword)
}

function has(node: ts.Node, kind: ts.SyntaxKind): boolean {
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined
  return modifiers?.some((modifier) => modifier.kind === kind) ?? false
}

function nameOf(node: ts.Statement | ts.ClassElement): string {
  const declared = ts.isVariableStatement(node)
    ? node.declarationList.declarations[0]
    : node
  return 'name' in declared ? (declared.name as ts.Node).getText() : ''
}

function baseOf(node: ts.Node): string {
  if (!ts.isClassDeclaration(node)) return ''
  const clauses = node.heritageClauses ?? []
  const parent = clauses.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
  return parent?.types[0].expression.getText() ?? ''
}

/** What follows each `@example` of the docstrings before a node, free of stars. */
function examplesOf(node: ts.Node): string[] {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)
  return docs.flatMap((doc) => {
    const lines = doc.getText().slice(3, -2).split('\n')
    const text = lines.map((line) => line.replace(/^\s*\* ?/, '')).join('\n')
    const tags = text.split(/^@(?=[a-z])/m)
    return tags
      .filter((tag) => tag.startsWith('example'))
      .map((tag) => tag.slice('example'.length).trim())
  })
}
