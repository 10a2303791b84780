/**
 * The line outside DeepDive that is running, as an engine writes it; undefined where all
 * that runs is DeepDive.
 * @example
 * const where = () => callSite()
 * typeof where() // → string
 */
export function callSite(): string | undefined {
  const outside = stackFrames().find((frame) => !insideDeepDive.test(frame))
  return outside?.trim().replace(/^at /, '')
}

/** V8's alone, which other engines leave unread. */
type TracingError = ErrorConstructor & { stackTraceLimit?: number | undefined }

/** All that are running, though an engine would keep the ten innermost. */
function stackFrames(): string[] {
  const tracing: TracingError = Error
  const before = tracing.stackTraceLimit
  tracing.stackTraceLimit = Infinity
  const { stack = '' } = new Error()
  tracing.stackTraceLimit = before
  return stack.split('\n').slice(1)
}

/** DeepDive's own files, and what the engine itself runs between them. */
const insideDeepDive = new RegExp(
  [
    String.raw`chapters[\\/]\d\d-[a-z]+[\\/](src|dist)[\\/]`,
    String.raw`node_modules[\\/](@deepdive|deepdive)[\\/]`,
    String.raw`<anonymous>\)$`,
  ].join('|'),
)
