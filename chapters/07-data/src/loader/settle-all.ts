/**
 * What all promise, once none is under way any more: the first that failed says why.
 */
export async function settleAll<Value>(
  promises: readonly Promise<Value>[],
): Promise<Value[]> {
  await Promise.allSettled(promises)
  return Promise.all(promises)
}
