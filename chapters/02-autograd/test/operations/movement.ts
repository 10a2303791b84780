import { one, shaped } from '../inputs.ts'
import { any, axis, type Cases, filledAxis, on, withAxis } from './case.ts'

const matrices = one({ axes: 2 })
const box = shaped([[2, 1, 5]])

/** Methods that rearrange elements, or take some of them by their place. */
export const movement: Cases = {
  reshape: [on(any, ([x]) => x.reshape([x.numel(), 1]))],
  permute: [on(box, ([x]) => x.permute([2, -3, 1]))],
  transpose: [on(withAxis, ([x], n) => x.transpose(axis(x, n), 0))],
  t: [on(shaped([[2, 3]]), ([x]) => x.t()), on(shaped([[3]]), ([x]) => x.t())],
  movedim: [on(withAxis, ([x], n) => x.movedim(axis(x, n), -1))],
  squeeze: [on(any, ([x]) => x.squeeze()), on(box, ([x], n) => x.squeeze(axis(x, n)))],
  unsqueeze: [on(any, ([x], n) => x.unsqueeze(n % (x.ndim + 1)))],
  flatten: [on(any, ([x]) => x.flatten()), on(box, ([x]) => x.flatten(1))],
  unflatten: [on(shaped([[6]]), ([x]) => x.unflatten(0, [2, -1]))],
  expand: [
    on(any, ([x]) => x.expand([2, ...x.shape])),
    on(box, ([x]) => x.expand([-1, 3, -1])),
  ],
  repeat: [on(any, ([x], n) => x.repeat([2, ...x.shape.map((_, at) => (n + at) % 3)]))],
  tile: [on(withAxis, ([x]) => x.tile([2]))],

  slice: [
    on(withAxis, ([x], n) => x.slice(axis(x, n), n % 3, null, 1 + (n % 2))),
    on(withAxis, ([x], n) => x.slice(axis(x, n), null, n % 2, -1 - (n % 2))),
  ],
  flip: [on(withAxis, ([x], n) => x.flip([axis(x, n)]))],
  narrow: [on(filledAxis, ([x], n) => x.narrow(axis(x, n), 0, 1))],
  select: [on(filledAxis, ([x], n) => x.select(axis(x, n), n % 2 === 0 ? 0 : -1))],
  split: [on(box, ([x], n) => x.split([1, 3, 1], 2)[n % 3])],
  chunk: [on(box, ([x], n) => x.chunk(3, -1)[n % 3])],
  diagonal: [
    on(matrices, ([x], n) => x.diagonal((n % 3) - 1)),
    on(box, ([x], n) => x.diagonal((n % 3) - 1, 2, 0)),
  ],
  unfold: [on(box, ([x], n) => x.unfold(2, 1 + (n % 3), 1 + (n % 2)))],
  tril: [on(matrices, ([x], n) => x.tril((n % 3) - 1))],
  triu: [on(matrices, ([x], n) => x.triu((n % 3) - 1))],
}
