import { manualSeed, nn, rand, type Tensor } from '../src/index.ts'

/** Points in a square, and whether each is above the diagonal. */
export function points(count: number): [x: Tensor, y: Tensor] {
  const x = rand([count, 2])
  const above = x.select(1, 0).lt(x.select(1, 1))
  return [x, above.to('int32')]
}

/** A small network that is the same at each call, and tells two classes apart. */
export function smallModel(): nn.Sequential {
  manualSeed(3)
  return new nn.Sequential(new nn.Linear(2, 8), new nn.Tanh(), new nn.Linear(8, 2))
}
