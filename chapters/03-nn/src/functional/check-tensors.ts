import { checkTensor } from '@deepdive/autograd'

type Arguments = Readonly<Record<string, unknown>>

/** Refuses the first of the arguments of `op`, by name, that is no tensor. */
export function checkTensors(op: string, args: Arguments): void {
  for (const [name, value] of Object.entries(args)) checkTensor(op, name, value)
}

/** The same for arguments that may be left out, as null. */
export function checkOptional(op: string, args: Arguments): void {
  for (const [name, value] of Object.entries(args)) {
    if (value != null) checkTensor(op, name, value)
  }
}
