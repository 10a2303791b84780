import { cpu, Generator, philox, randint } from '@deepdive/tensor'

/** What random numbers are for: each use has its own, and no two share any. */
const uses = { order: 0, sample: 1, batch: 2 }

/**
 * The generator of one use, in one epoch, for one sample or batch. It depends on these
 * alone, not on what was drawn before: so samples may be loaded in any order, and an
 * epoch may be taken up again in its middle.
 */
export function randomStream(
  seed: number,
  use: keyof typeof uses,
  epoch: number,
  index = 0,
): Generator {
  const key = [seed >>> 0, Math.floor(seed / 2 ** 32)] as const
  const [low, high] = philox([index, epoch, uses[use], 0], key)
  return new Generator(low + (high % 2 ** 21) * 2 ** 32)
}

/** A seed from the generator that `manualSeed` starts. */
export function drawSeed(): number {
  return randint(2 ** 31 - 1, [1], { device: cpu }).item()
}
