import { ValueError } from '@deepdive/tensor'

/** Whether a value, which plain JavaScript may pass, is a whole number ≥ `least`. */
export function isWhole(value: unknown, least: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least
}

/** @throws ValueError where it is no whole number ≥ 1. */
export function checkWhole(op: string, name: string, value: number): void {
  if (isWhole(value, 1)) return
  throw new ValueError(`${op}: ${name} ${value} must be a whole number ≥ 1`)
}
