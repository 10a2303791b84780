/**
 * `count` numbers spread evenly over [−scale, scale): multiples of the golden ratio,
 * their whole part dropped. Every peer can compute them, so that all work on the same.
 */
export function numbers(count, { seed = 0, scale = 1 } = {}) {
  return Float32Array.from({ length: count }, (_, i) => {
    const fraction = (Math.imul(i + seed, 2654435761) >>> 0) / 2 ** 32
    return (2 * fraction - 1) * scale
  })
}

/** A tensor's numbers: how many its shape says. */
export function filled(shape, options) {
  return numbers(size(shape), options)
}

/** Weights of [out, ...in], as large as a layer that adds up so many starts with. */
export function weightsOf(shape, seed) {
  return filled(shape, { seed, scale: size(shape.slice(1)) ** -0.5 })
}

function size(shape) {
  return shape.reduce((product, extent) => product * extent, 1)
}

/** Labels for each step of training, other ones each time. */
export function labelsOf({ batch, classes }) {
  return Array.from({ length: classes }, (_, step) =>
    Int32Array.from({ length: batch }, (_, i) => (i + step) % classes),
  )
}

/**
 * A network's data and first weights. Labels change at each step, since a batch that is
 * learnt by heart ends in numbers so small that a processor computes slowly with them.
 */
export function network({ sizes, batch }) {
  const [inputs] = sizes
  const classes = sizes.at(-1)
  return {
    images: numbers(batch * inputs, { seed: 1 }),
    labels: labelsOf({ batch, classes }),
    layers: sizes.slice(1).map((outputs, i) => ({
      inputs: sizes[i],
      outputs,
      weight: weightsOf([outputs, sizes[i]], i),
      bias: new Float32Array(outputs),
    })),
  }
}
