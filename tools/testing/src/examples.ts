import ts from 'typescript'
import { expect, test } from 'vitest'
import { readDeclarations } from './declarations.ts'

/**
 * Makes a test of each `@example` in the docstrings of a chapter; `testUrl` is the
 * `import.meta.url` of the test file, `scope` holds the names that examples may use.
 *
 * An example is plain code. An expression followed by `// → text` must print just that,
 * on several lines if these are comments as well; one followed by
 * `// throws ShapeError: beginning of the message` must throw so.
 */
export function testExamples(testUrl: string, scope: object): void {
  for (const { name, place, examples } of readDeclarations(new URL('../src/', testUrl)))
    for (const code of examples) {
      test(`the example of ${name} (${place}) does what it says`, () =>
        runExample(code, scope))
    }
}

/** Runs an example, and throws where it does not do what its comments say. */
export async function runExample(code: string, scope: object): Promise<void> {
  const { script, claims } = instrument(code)
  const main = new Function(...Object.keys(scope), 'check', script)
  await main(...Object.values(scope), async (n: number, run: () => unknown) => {
    const { expression, expected, throws } = claims[n]
    const found = throws ? await failure(run) : show(await run())
    const compared = throws ? found.slice(0, expected.length) : found
    expect(compared, expression).toBe(expected)
  })
}

async function failure(run: () => unknown): Promise<string> {
  try {
    await run()
    return 'nothing was thrown'
  } catch (error) {
    return String(error)
  }
}

/** What the comment behind an expression says about it. */
interface Claim {
  readonly expression: string
  readonly expected: string
  readonly throws: boolean
}

/** JavaScript that hands each expression with a claim to `check(n, expression)`. */
function instrument(code: string): { script: string; claims: Claim[] } {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true)
  const claims: Claim[] = []
  const statements = source.statements.map((statement, at) => {
    const next = source.statements[at + 1]?.getStart() ?? code.length
    const claim = readClaim(statement, code.slice(statement.end, next))
    // The names are in scope already.
    if (ts.isImportDeclaration(statement)) return ''
    if (!claim) return statement.getText()
    const n = claims.push(claim) - 1
    return `await check(${n}, async () => (${claim.expression}))`
  })
  if (claims.length !== (code.match(/\/\/ (→|throws) /g) ?? []).length) {
    throw new Error(
      `a claim follows no expression of its own, so none checks it:\n${code}`,
    )
  }
  const script = `const main = async () => {\n${statements.join(';\n')}\n}`
  const compilerOptions = { target: ts.ScriptTarget.ES2022 }
  const { outputText } = ts.transpileModule(script, { compilerOptions })
  return { script: `${outputText}\nreturn main()`, claims }
}

/** Reads `// → text` or `// throws text`, and lines of comment that continue it. */
function readClaim(statement: ts.Statement, comment: string): Claim | undefined {
  const [start, kind, first] = comment.match(/^;?\s*\/\/ (→|throws) (.*)/) ?? []
  if (start === undefined || !ts.isExpressionStatement(statement)) return undefined
  const [, ...more] =
    comment
      .slice(start.length)
      .match(/^(\n *\/\/.*)*/)?.[0]
      .split('\n') ?? []
  const expected = [first, ...more.map((line) => line.replace(/^ *\/\/ {0,3}/, ''))]
  return {
    expression: statement.expression.getText(),
    expected: expected.join('\n'),
    throws: kind === 'throws',
  }
}

/** A value as examples write it: `[2, 3]`, `{ values: 1 }`, `'text'` inside of these. */
function show(value: unknown, inside = false): string {
  if (typeof value === 'string') return inside ? `'${value}'` : value
  if (Object.is(value, -0)) return '-0'
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return `[${Array.from(value as ArrayLike<unknown>, (x) => show(x, true)).join(', ')}]`
  }
  if (value?.constructor !== Object) return String(value)
  const entries = Object.entries(value).map(([key, x]) => `${key}: ${show(x, true)}`)
  return `{ ${entries.join(', ')} }`
}
