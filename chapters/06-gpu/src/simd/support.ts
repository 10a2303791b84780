/** The smallest module that uses a vector: `() => { i8x16.popcnt(i32x4.splat(0)) }`. */
const probe = [
  ...[0, 97, 115, 109, 1, 0, 0, 0], // what every module begins with
  ...[1, 4, 1, 96, 0, 0], // one type: nothing to nothing
  ...[3, 2, 1, 0], // one function of it
  ...[10, 11, 1, 9, 0, 65, 0, 253, 17, 253, 98, 26, 11], // its code
]

/** Whether this machine's WebAssembly has vector instructions. */
export function supportsSimd(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(Uint8Array.from(probe))
}
