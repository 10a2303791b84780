import { checkTensor, Tensor } from '@deepdive/autograd'
import { formatShape, ShapeError, sizeOf, ValueError } from '@deepdive/tensor'
import { checkFunction, checkKind, isIterable } from '../datasets/check-kind.ts'

/** The mean and the standard deviation of each channel: what `normalize` takes. */
export interface ChannelStatistics {
  readonly mean: number[]
  readonly std: number[]
}

/**
 * The mean and standard deviation of each channel of all images, of which one batch,
 * [N, C, ...], is in memory at a time: those of batches are merged (Chan, Golub &
 * LeVeque 1979). A batch is a tensor, or has it first, unless `imagesOf` says where it
 * is.
 *
 * @throws ValueError where there are no images.
 * @example
 * const images = tensor([[[[0, 1]], [[2, 2]]], [[[0, 1]], [[6, 6]]]])
 * const loader = new DataLoader(new TensorDataset(images), { batchSize: 1 })
 * await transforms.channelStatistics(loader) // → { mean: [0.5, 4], std: [0.5, 2] }
 */
export async function channelStatistics<Batch>(
  batches: AsyncIterable<Batch>,
  imagesOf: (batch: Batch) => Tensor = firstTensor,
): Promise<ChannelStatistics> {
  const rule = 'batches, as a DataLoader gives them'
  checkKind('channelStatistics', { batches }, rule, isIterable)
  checkFunction('channelStatistics', { imagesOf })
  let total: Moments[] = []
  for await (const batch of batches) {
    const images = imagesOf(batch)
    checkTensor('channelStatistics', 'what has the images', images)
    const found = momentsOf(await images.cpu())
    if (total.length === 0) total = found
    checkChannels(found.length, total.length)
    total = total === found ? found : total.map((sum, n) => merged(sum, found[n]))
  }
  if (total.length === 0 || total[0].count === 0) {
    throw new ValueError('channelStatistics: there are no images to learn them from')
  }
  return {
    mean: total.map(({ mean }) => mean),
    std: total.map(({ count, squares }) => Math.sqrt(squares / count)),
  }
}

function checkChannels(found: number, before: number): void {
  if (found === before) return
  throw new ShapeError(
    `channelStatistics: a batch has ${found} channels, and those before it ` +
      `${before}: give images that all have the same`,
  )
}

/** Of some numbers: how many, their mean, and Σ (x − mean)². */
interface Moments {
  readonly count: number
  readonly mean: number
  readonly squares: number
}

function firstTensor(batch: unknown): Tensor {
  const first: unknown = Array.isArray(batch) ? batch[0] : batch
  if (first instanceof Tensor) return first
  throw new ValueError(
    'channelStatistics: a batch does not begin with a tensor: say where its images ' +
      'are, as in (batch) => batch.image',
  )
}

/** The moments of each channel of [N, C, ...]. */
function momentsOf(images: Tensor): Moments[] {
  if (images.ndim < 2) {
    const found = formatShape(images.shape)
    throw new ShapeError(
      `channelStatistics: ${found} has no channels: give [N, C, ...]`,
    )
  }
  const [count, channels, ...rest] = images.shape
  const size = sizeOf(rest)
  const values = images.toTypedArray()
  return Array.from({ length: channels }, (_, channel) => {
    const forEach = (visit: (value: number) => void) => {
      for (let n = 0; n < count; n++) {
        const start = (n * channels + channel) * size
        for (let i = start; i < start + size; i++) visit(values[i])
      }
    }
    return moments(count * size, forEach)
  })
}

function moments(count: number, forEach: (visit: (value: number) => void) => void) {
  let [sum, squares] = [0, 0]
  forEach((value) => {
    sum += value
  })
  const mean = count === 0 ? 0 : sum / count
  forEach((value) => {
    squares += (value - mean) ** 2
  })
  return { count, mean, squares }
}

/** The moments of both together. */
function merged(a: Moments, b: Moments): Moments {
  const count = a.count + b.count
  if (count === 0) return a
  const apart = b.mean - a.mean
  return {
    count,
    mean: a.mean + (apart * b.count) / count,
    squares: a.squares + b.squares + (apart ** 2 * a.count * b.count) / count,
  }
}
