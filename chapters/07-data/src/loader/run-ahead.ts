/**
 * The results of a source, in order, of which up to `count` are under way before they
 * are asked for. When the reader stops early, or one fails, no more are begun, and the
 * source is closed when those under way have ended.
 */
export async function* runAhead<Result>(
  source: AsyncIterator<Result, undefined>,
  count: number,
): AsyncGenerator<Result> {
  const underWay: Promise<IteratorResult<Result, undefined>>[] = []
  const begin = () => {
    const result = source.next()
    // Whoever reads it hears of its failure; until then it is not one that nobody sees.
    result.catch(() => {})
    underWay.push(result)
  }
  try {
    while (true) {
      while (underWay.length <= count) begin()
      const result = await underWay[0]
      if (result.done) return
      underWay.shift()
      yield result.value
    }
  } finally {
    await Promise.allSettled(underWay)
    await source.return?.()
  }
}
