import { parseArgs } from 'node:util'

/** A flag's value as a whole number, `least` or more. */
export function whole(flag: string, text: string, least: number): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value
  throw new Error(`--${flag} ${text || "''"} must be a whole number, ${least} or more`)
}

/** A flag's value as a number above 0. */
export function positive(flag: string, text: string): number {
  const value = Number(text)
  if (Number.isFinite(value) && value > 0) return value
  throw new Error(`--${flag} ${text || "''"} must be a number above 0`)
}

/** What `parse` makes of the command line; where it cannot, says why and exits. */
export function readFlags<Options>(
  job: string,
  help: string,
  parse: (args: string[]) => Options,
): Options {
  const args = process.argv.slice(2)
  if (args.includes('--help') || args.includes('-h')) {
    console.log(help)
    process.exit(0)
  }
  try {
    return parse(args)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    console.error(`${job}: ${message}\n\n${help}`)
    process.exit(1)
  }
}

/** The one file or folder that a job may be told to write to. */
export function readTarget(job: string, help: string, usual: string): string {
  return readFlags(job, help, (args) => {
    const { positionals } = parseArgs({ args, allowPositionals: true })
    const [target = usual, ...more] = positionals
    if (more.length === 0) return target
    throw new Error(`it writes to one place, not to ${positionals.join(' and ')}`)
  })
}

/** Ends a job that cannot go on. */
export function fail(job: string, message: string): never {
  console.error(`${job}: ${message}`)
  process.exit(1)
}
