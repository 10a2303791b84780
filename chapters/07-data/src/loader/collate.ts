import { stack, Tensor } from '@deepdive/autograd'
import {
  dtypeOf,
  getDefaultDevice,
  NDArray,
  type NumericArray,
  type TypedArray,
} from '@deepdive/tensor'
import { checkKind } from '../datasets/check-kind.ts'
import { DataError } from '../datasets/errors.ts'
import { alike, isNumericArray, isRecord } from './alike.ts'
import { cannotBatch, noInt32, type Place, unlike } from './collate-error.ts'
import type { Collated } from './collated.ts'

/**
 * Makes one batch of samples, part by part: tensors and typed arrays of one shape are
 * stacked, numbers and booleans make a tensor, strings a list; of tuples and of objects
 * each part is collated, however deep. Numbers that are all whole become int32, as
 * labels must be, and float32 otherwise.
 *
 * @throws DataError that names the first sample that is not like the one before it.
 * @example
 * collate([{ name: 'a', pair: [0.5, 3] }, { name: 'b', pair: [2, 4] }])
 * // → { name: ['a', 'b'], pair: [tensor([0.5000, 2.0000]), tensor([3, 4])] }
 */
export function collate<Sample>(samples: readonly Sample[]): Collated<Sample> {
  return collateNamed('collate', samples, (n) => `sample ${n} of the batch`)
}

/** The same for a caller, and samples, with names of their own. */
export function collateNamed<Sample>(
  owner: string,
  samples: readonly Sample[],
  nameOf: (n: number) => string,
): Collated<Sample> {
  checkKind(owner, { samples }, 'a list', Array.isArray)
  if (samples.length === 0) {
    throw new DataError(`${owner}: there are no samples to make a batch of`)
  }
  // What the cases of `collatePart` do, the type says, but the checker cannot follow.
  return collatePart(samples, { owner, nameOf, path: '' }) as Collated<Sample>
}

function collatePart(parts: readonly unknown[], place: Place): unknown {
  const other = parts.findIndex((part, n) => n > 0 && !alike(parts[n - 1], part))
  if (other > 0) throw unlike(parts[other - 1], parts[other], other, place)
  if (parts.every(isTensor)) return stack(parts)
  if (parts.every(isNumericArray)) return stackArrays(parts, place)
  if (parts.every((part) => typeof part === 'number')) return numbers(parts)
  if (parts.every((part) => typeof part === 'boolean')) {
    return onDefault(Uint8Array.from(parts, Number))
  }
  if (parts.every((part) => typeof part === 'string')) return parts
  if (parts.every((part) => Array.isArray(part))) return tuple(parts, place)
  if (parts.every(isRecord)) return record(parts, place)
  throw cannotBatch(parts[0], place)
}

function tuple(parts: readonly (readonly unknown[])[], place: Place): unknown[] {
  return parts[0].map((_, at) => {
    const path = `${place.path}[${at}]`
    return collatePart(
      parts.map((part) => part[at]),
      { ...place, path },
    )
  })
}

type Fields = Readonly<Record<string, unknown>>

function record(parts: readonly Fields[], place: Place): Fields {
  const fields = Object.keys(parts[0]).map((key) => {
    const path = place.path === '' ? key : `${place.path}.${key}`
    return [
      key,
      collatePart(
        parts.map((part) => part[key]),
        { ...place, path },
      ),
    ]
  })
  return Object.fromEntries(fields)
}

function isTensor(part: unknown): part is Tensor {
  return part instanceof Tensor
}

function numbers(parts: readonly number[]): Tensor {
  const whole = parts.every((part) => dtypeOf(part) === 'int32')
  return onDefault(whole ? Int32Array.from(parts) : Float32Array.from(parts))
}

function stackArrays(parts: readonly NumericArray[], place: Place): Tensor {
  const fractions = parts[0] instanceof Float32Array || parts[0] instanceof Float64Array
  const size = parts.length * parts[0].length
  const values = fractions ? new Float32Array(size) : new Int32Array(size)
  for (const [n, part] of parts.entries()) {
    if (!fractions) checkWhole(part, n, place)
    values.set(part, n * part.length)
  }
  return onDefault(values, [parts.length, parts[0].length])
}

/** Of whole numbers, those of a Uint32Array alone may be no int32. */
function checkWhole(part: NumericArray, n: number, place: Place): void {
  if (part.BYTES_PER_ELEMENT < 4) return
  for (const element of part) if (element >= 2 ** 31) throw noInt32(element, n, place)
}

function onDefault(values: TypedArray, shape = [values.length]): Tensor {
  return new Tensor(NDArray.from(values, shape, getDefaultDevice()))
}
