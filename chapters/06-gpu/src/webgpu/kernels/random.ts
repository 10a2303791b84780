import type { RandomDistribution, RandomKey, View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { writes } from '../uses.ts'
import { sizeOfView } from '../views.ts'
import { elementTypes, stored } from '../wgsl/element.ts'
import { forEachPlace, groupsFor, kernel } from '../wgsl/kernel.ts'

/** Four elements, made of the four words of a block. */
const made: Record<RandomDistribution, string> = {
  bits: 'bitcast<vec4i>(words)',
  uniform: 'vec4f(words >> vec4u(8u)) / 16777216.0',
  normal: 'vec4f(normalPair(words.xy), normalPair(words.zw))',
}

/** An invocation for each block of four elements, as on the cpu: the same numbers. */
export function random(
  recorder: Recorder,
  distribution: RandomDistribution,
  { seed, counter }: RandomKey,
  out: View,
): void {
  const type = elementTypes[out.dtype]
  const size = sizeOfView(out)
  recorder.run({
    operation: 'random',
    program: `random ${distribution}: ${out.dtype}`,
    source: () =>
      kernel({
        parameters: [
          'size: u32',
          'elements: u32',
          'at: u32',
          ...['seed', 'seedHigh', 'counter', 'counterHigh'].map((x) => `${x}: u32`),
        ],
        bindings: [{ name: 'out', type, access: 'read_write' }],
        body: forEachPlace(`
  let low = p.counter + place;
  let high = p.counterHigh + select(0u, 1u, low < place);
  let words = philox(vec4u(low, high, 0u, 0u), vec2u(p.seed, p.seedHigh));
  let four = ${made[distribution]};
  for (var n = 0u; n < min(4u, p.elements - 4u * place); n++) {
    out[p.at + 4u * place + n] = ${stored('four[n]', out.dtype)};
  }`),
      }),
    uses: [writes('random', out)],
    words: [
      Math.ceil(size / 4),
      size,
      out.offset,
      seed,
      Math.floor(seed / 2 ** 32),
      counter,
      Math.floor(counter / 2 ** 32),
    ],
    groups: groupsFor(Math.ceil(size / 4)),
  })
}
