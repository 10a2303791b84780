/** Longer than this, in milliseconds, nobody waits. */
const longestWait = 120_000

/**
 * For how many milliseconds to wait before a try: as long as the server asks by
 * Retry-After, in seconds or as a date, or else twice as long each time. Undefined
 * where that would be too long.
 */
export function retryDelay(
  tries: number,
  retryAfter: string | null,
): number | undefined {
  const asked = retryAfter === null ? NaN : askedFor(retryAfter)
  const delay = Number.isNaN(asked) ? 250 * 2 ** tries : Math.max(asked, 0)
  return delay <= longestWait ? delay : undefined
}

function askedFor(retryAfter: string): number {
  const seconds = Number(retryAfter)
  return Number.isNaN(seconds) ? Date.parse(retryAfter) - Date.now() : 1000 * seconds
}
