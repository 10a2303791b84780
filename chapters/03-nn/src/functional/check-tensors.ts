import { checkTensor } from '@deepdive/autograd'

/** Refuses the first of the arguments of `op`, by name, that is no tensor. */
export function checkTensors(
  op: string,
  args: Readonly<Record<string, unknown>>,
): void {
  for (const [name, value] of Object.entries(args)) checkTensor(op, name, value)
}
