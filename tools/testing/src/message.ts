/** What `run` throws, as text: the kind of error and all of its message. */
export function message(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    return String(error)
  }
  return 'nothing was thrown'
}
