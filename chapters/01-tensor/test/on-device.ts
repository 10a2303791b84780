import { afterAll, beforeAll, describe } from 'vitest'
import { type Device, getDefaultDevice, setDefaultDevice } from '../src/index.ts'

/** A `describe` whose tests make new arrays, and so compute, on `device`. */
export function describeOn(device: Device, what: string, tests: () => void): void {
  describe(`${what} on ${device.name}`, () => {
    const before = getDefaultDevice()
    beforeAll(() => setDefaultDevice(device))
    afterAll(() => setDefaultDevice(before))
    tests()
  })
}
