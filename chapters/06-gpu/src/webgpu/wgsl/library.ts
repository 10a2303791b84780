import { faultFunctions } from '../faults.ts'
import { angle } from './angle.ts'
import { chance } from './chance.ts'
import { exponential } from './exponential.ts'
import { half } from './half.ts'
import { logarithm } from './logarithm.ts'
import { numbers } from './numbers.ts'
import { order } from './order.ts'
import { power } from './power.ts'
import { remainder } from './remainder.ts'
import { whole } from './whole.ts'

/** Functions that kernels may call, by name. */
const library: Readonly<Record<string, string>> = {
  ...faultFunctions,
  ...numbers,
  ...whole,
  ...exponential,
  ...logarithm,
  ...angle,
  ...chance,
  ...order,
  ...power,
  ...remainder,
  ...half,
}

/** A program, and after it the functions of the library that it calls, or they call. */
export function withFunctions(program: string): string {
  const added = new Set<string>()
  let text = program
  for (const [, name] of calls(program)) add(name)
  return text

  function add(name: string): void {
    if (!Object.hasOwn(library, name) || added.has(name)) return
    added.add(name)
    text += `\n${library[name].trim()}\n`
    for (const [, other] of calls(library[name])) add(other)
  }
}

function calls(code: string): Iterable<RegExpMatchArray> {
  return code.matchAll(/\b(\w+)\(/g)
}
