/**
 * A device like `device` that is told what owners hold, as one whose memory scopes free,
 * and how many owners each storage has.
 */
export function holdingDevice<D extends object, S extends object>(device: D) {
  const owners = new Map<S, number>()
  const change = (storage: S, by: number) => {
    const count = (owners.get(storage) ?? 0) + by
    if (count < 0) throw new Error('more owners let go of a storage than held it')
    if (count === 0) owners.delete(storage)
    else owners.set(storage, count)
  }
  const keep = (storage: S) => change(storage, 1)
  const release = (storage: S) => change(storage, -1)
  return { device: { ...device, name: 'holding', keep, release }, owners }
}
