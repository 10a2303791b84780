import { afterEach, beforeEach } from 'vitest'

/** Sets numbers of an object during each test that follows. */
export function setUntilEnd<T extends object>(target: T, values: Partial<T>): void {
  const before = { ...target }
  beforeEach(() => {
    Object.assign(target, values)
  })
  afterEach(() => {
    Object.assign(target, before)
  })
}
