import { IndexError } from '@deepdive/tensor'

/** Refuses an index that no sample has. */
export function checkIndex(owner: string, index: number, length: number): void {
  if (Number.isInteger(index) && index >= 0 && index < length) return
  const range = length === 0 ? 'there are none' : `use 0 to ${length - 1}`
  throw new IndexError(`${owner}: there is no sample ${index}: ${range}`)
}
