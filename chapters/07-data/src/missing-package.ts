import { reasonOf } from './datasets/errors.ts'

/** What to say of a package that is only needed here, and is not installed. */
export function missingPackage(name: string, error: unknown): string {
  const [reason] = reasonOf(error).split('\n')
  return (
    `the package ${name}, which is not there (${reason}): install it by ` +
    `npm install ${name}`
  )
}
