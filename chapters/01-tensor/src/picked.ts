import { cpu } from './cpu/cpu.ts'
import { checkSameDevice, type View } from './device.ts'
import { DeviceError, DTypeError, IndexError, ShapeError } from './errors.ts'
import { formatShape, normalizeDim } from './shape.ts'
import { Stored } from './stored.ts'

/** Taking elements from, and putting them to, the places that an index array names. */
export abstract class Picked<Self extends Picked<Self>> extends Stored<Self> {
  /** `out[i][j] = this[index[i][j]][j]` for dim 0, `this[i][index[i][j]]` for dim 1. */
  gather(dim: number, index: Self): Self {
    const { x, places } = this.#align('gather', dim, index)
    const out = this.newEmpty(index.shape)
    this.device.kernels.gather(x, places, alongLast(out, dim))
    return out
  }

  /**
   * A copy with `source` put to the places that `index` names along `dim`.
   * @throws IndexError where an index is outside the axis.
   * @example
   * const index = array([2, 0], { dtype: 'int32' })
   * zeros([3]).scatter(0, index, array([5, 6])) // → array([6., 0., 5.])
   */
  scatter(dim: number, index: Self, source: Self | number): Self {
    const values =
      typeof source === 'number'
        ? this.newEmpty([]).fill_(source).expand(index.shape)
        : source
    return this.#scattered('scatter', dim, index, values)
  }

  /**
   * A copy with `source` added to the places that `index` names along `dim`.
   * @example
   * const index = array([2, 2], { dtype: 'int32' })
   * zeros([3]).scatterAdd(0, index, array([5, 6])) // → array([ 0.,  0., 11.])
   */
  scatterAdd(dim: number, index: Self, source: Self): Self {
    return this.#scattered('scatterAdd', dim, index, source)
  }

  /**
   * Adds `source` to the places of this array that `index` names along `dim`.
   * @example
   * const index = array([2, 2], { dtype: 'int32' })
   * zeros([3]).scatterAdd_(0, index, array([5, 6])) // → array([ 0.,  0., 11.])
   */
  scatterAdd_(dim: number, index: Self, source: Self): this {
    this.#checkSource('scatterAdd_', index, source)
    this.checkWritable('scatterAdd_', this.shape)
    this.#put('scatterAdd', dim, index, this.apart(source))
    this.storage.version++
    return this
  }

  #scattered(
    op: 'scatter' | 'scatterAdd',
    dim: number,
    index: Self,
    source: Self,
  ): Self {
    this.#checkSource(op, index, source)
    const out = this.clone()
    out.#put(op, dim, index, source)
    return out
  }

  #checkSource(op: string, index: Self, source: Self): void {
    checkSameDevice(op, this, source)
    const covers = index.shape.every((extent, axis) => extent <= source.shape[axis])
    if (source.ndim !== index.ndim || !covers) {
      throw new ShapeError(
        `${op}: a source of ${formatShape(source.shape)} is smaller than the index ` +
          `of ${formatShape(index.shape)}`,
      )
    }
    if (source.dtype !== this.dtype) {
      throw new DTypeError(`${op}: cannot put ${source.dtype} into ${this.dtype}`)
    }
  }

  #put(op: 'scatter' | 'scatterAdd', dim: number, index: Self, source: Self): void {
    const { x, places } = this.#align(op, dim, index)
    const values = index.shape.reduce(
      (part: Self, extent, axis) => part.narrow(axis, 0, extent),
      source,
    )
    this.device.kernels[op](places, alongLast(values, dim), x)
  }

  /** This and `index` with `dim` last, this as long as `index` on all other axes. */
  #align(op: string, dim: number, index: Self): { x: View; places: View } {
    checkSameDevice(op, this, index)
    if (index.dtype !== 'int32') {
      throw new DTypeError(`${op}: index must be int32, not ${index.dtype}`)
    }
    const axis = this.ndim === 0 ? 0 : normalizeDim(op, dim, this.ndim)
    const fits = (extent: number, at: number) => at === axis || extent <= this.shape[at]
    if (index.ndim !== this.ndim || !index.shape.every(fits)) {
      throw new ShapeError(
        `${op}: an index of ${formatShape(index.shape)} does not fit ` +
          `${formatShape(this.shape)}: it may be larger along axis ${dim} only`,
      )
    }
    const x = index.shape.reduce(
      (part: Stored<Self>, extent, at) =>
        at === axis ? part : part.narrow(at, 0, extent),
      this,
    )
    return { x: alongLast(x, dim), places: alongLast(index, dim) }
  }

  /** Sums of the elements up to each place along `dim`. */
  cumsum(dim: number): Self {
    normalizeDim('cumsum', dim, this.ndim || 1)
    const out = this.newEmpty(this.shape, this.dtype === 'bool' ? 'int32' : this.dtype)
    this.device.kernels.cumsum(alongLast(this, dim), alongLast(out, dim))
    return out
  }

  argsort(dim = -1, descending = false): Self {
    if (descending && this.ndim > 0) {
      const last = this.size(dim) - 1
      return this.flip(dim).argsort(dim).neg().add(last).flip(dim)
    }
    const out = this.newEmpty(this.shape, 'int32')
    this.device.kernels.argsort(alongLast(this, dim), alongLast(out, dim))
    return out
  }

  placesOn(dim: number, index: Self): Self {
    checkSameDevice('at', this, index)
    if (index.dtype === 'bool') return index.flatten().nonzero().flatten()
    if (index.dtype !== 'int32') {
      throw new DTypeError("at: an index array must be int32 or bool: use .to('int32')")
    }
    if (this.device !== cpu) return this.#placesUnread(dim, index)
    const extent = this.size(dim)
    const wrapped = (place: number) => (place < 0 ? place + extent : place)
    const places = index.toTypedArray().map((place) => {
      if (wrapped(place) >= 0 && wrapped(place) < extent) return wrapped(place)
      throw outsideAxis(`index ${place}`, dim, extent)
    })
    return this.newFrom(places, index.shape, this.device)
  }

  /** Where elements are read later, so is whether an index is outside. */
  #placesUnread(dim: number, index: Self): Self {
    const extent = this.size(dim)
    const inside = index.ge(-extent).logicalAnd(index.lt(extent)).all()
    this.device.verify?.(inside, () => outsideAxis('an index', dim, extent))
    return index.where(index.ge(0), index.add(extent))
  }

  nonzero(): Self {
    if (this.device !== cpu) {
      throw new DeviceError(
        `nonzero: how many elements a mask picks is known only after reading it, which ` +
          `${this.device.name} cannot do at once: use where, or (await mask.cpu())`,
      )
    }
    const values = this.toTypedArray()
    const rows: number[][] = []
    values.forEach((value, place) => {
      if (value !== 0) rows.push(this.#indexOf(place))
    })
    const shape = [rows.length, this.ndim]
    return this.newFrom(Int32Array.from(rows.flat()), shape, this.device)
  }

  /** The index of the element at `place` in row-major order. */
  #indexOf(place: number): number[] {
    const index = new Array<number>(this.ndim)
    for (let axis = this.ndim - 1; axis >= 0; axis--) {
      index[axis] = place % this.shape[axis]
      place = Math.floor(place / this.shape[axis])
    }
    return index
  }
}

/** A view with axis `dim` last; a single number counts as a vector of one. */
function alongLast<Self extends Stored<Self>>(x: Stored<Self>, dim: number): Self {
  return x.ndim === 0 ? x.reshape([1]) : x.movedim(dim, -1)
}

function outsideAxis(what: string, dim: number, extent: number): IndexError {
  return new IndexError(
    `at: ${what} is outside axis ${dim} of size ${extent}: ` +
      (extent > 0 ? `use ${-extent} to ${extent - 1}` : 'it has no elements'),
  )
}
