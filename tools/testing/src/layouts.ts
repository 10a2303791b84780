/** What rearranging an array's memory needs of it. */
export interface Arrangeable<Self> {
  readonly shape: readonly number[]
  permute(dims: readonly number[]): Self
  flip(dims: readonly number[]): Self
  select(dim: number, index: number): Self
  narrow(dim: number, start: number, length: number): Self
  contiguous(): Self
  newEmpty(shape: readonly number[]): Self
  fill_(value: number): Self
  copy_(source: Self): Self
}

/** Gives an array of the same elements that lie elsewhere in memory. */
export type Arrange = <X extends Arrangeable<X>>(x: X) => X

/** The ways in which the elements of one and the same array may lie in memory. */
export const layouts: Readonly<Record<string, Arrange>> = {
  'row after row': (x) => x,

  'column after column': (x) => {
    const reversed = axesOf(x).reverse()
    return x.permute(reversed).contiguous().permute(reversed)
  },

  'last element first': (x) => x.flip(axesOf(x)).contiguous().flip(axesOf(x)),

  'in every second place': (x) => {
    const wide = x.newEmpty([...x.shape, 2]).fill_(gap)
    return wide.select(-1, 1).copy_(x)
  },

  'inside a larger array': (x) => {
    const larger = x.newEmpty([3, ...x.shape.map((size) => size + 2)]).fill_(gap)
    const inside = x.shape.reduce(
      (part, size, axis) => part.narrow(axis, 1, size),
      larger.select(0, 1),
    )
    return inside.copy_(x)
  },
}

/**
 * The layouts in which a case is tried: all of them on the cpu, and one, by turns, on
 * devices where reading takes its time.
 */
export function layoutsOn(
  device: { readonly name: string },
  turn: number,
): [name: string, arrange: Arrange][] {
  const all = Object.entries(layouts)
  return device.name === 'cpu' ? all : [all[turn % all.length]]
}

/** What lies between the elements: whoever reads it computes something else. */
const gap = 1

function axesOf(x: { readonly shape: readonly number[] }): number[] {
  return x.shape.map((_, axis) => axis)
}
