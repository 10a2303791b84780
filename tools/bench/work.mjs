// The work that every peer is given, in the order of the table. Read this file to know
// what is measured; how each peer does it stands in peers/.

/** A product of two square matrices. */
const matmul = (size) => ({
  id: `matmul-${size}`,
  kind: 'matmul',
  what: `f32 [${size}, ${size}] · [${size}, ${size}]`,
  size,
  operations: 2 * size ** 3,
})

/** An operation on one large array, or two. */
const elementwise = (kind, what) => ({ id: kind, kind, what, shape: [1024, 1024] })

/** A step of training: zeroGrad, forward, loss, backward, step, the loss read back. */
const mlp = (batch) => ({
  id: `mlp-${batch}`,
  kind: 'mlp',
  what: `a training step of 784-256-128-10, ReLU, cross entropy, Adam, batch of ${batch}`,
  sizes: [784, 256, 128, 10],
  batch,
})

/**
 * Each item goes to the peers as it stands here: `kind` names the function that does
 * it, and the rest are its arguments. Where `operations` is given, the table shows
 * GFLOP/s, and otherwise the time.
 */
export const work = [
  matmul(256),
  matmul(512),
  matmul(1024),
  elementwise('add', 'a + b, f32 [1024, 1024]'),
  elementwise('exp', 'exp(a), f32 [1024, 1024]'),
  elementwise('softmax', 'softmax(a) along the rows, f32 [1024, 1024]'),
  { id: 'tiny', kind: 'tiny', what: '((x·x + x)·x).sum().backward(), 4 numbers' },
  mlp(1),
  mlp(64),
  mlp(512),
  {
    id: 'conv',
    kind: 'conv',
    what: 'f32 [8, 32, 56, 56] * [64, 32, 3, 3], padding 1, forward',
    images: [8, 32, 56, 56],
    filters: [64, 32, 3, 3],
    operations: 2 * 8 * 64 * 56 * 56 * 32 * 3 * 3,
  },
  {
    id: 'cnn-64',
    kind: 'cnn',
    what:
      'a training step of Conv 1→16 3×3, BatchNorm, ReLU, MaxPool 2, Conv 16→32 3×3, ' +
      'BatchNorm, ReLU, MaxPool 2, Linear 1568→10, cross entropy, Adam, batch of 64',
    batch: 64,
    classes: 10,
    images: [64, 1, 28, 28],
    filters: [
      [16, 1, 3, 3],
      [32, 16, 3, 3],
    ],
    weights: [10, 1568],
  },
]

/**
 * The same kinds of work at the sizes of a GPU: powers of two, and primes beside them,
 * at which no peer may be much slower.
 */
export const gpuWork = [
  ...[512, 1021, 1024, 2039, 2048, 4093, 4096, 8192].map(matmul),
  ...work.filter(({ id }) => ['mlp-64', 'mlp-512', 'cnn-64'].includes(id)),
]
