/**
 * What the numbers of labels mean, by their columns, as Hugging Face notes it in its
 * files.
 */
export function classNames(
  notes: ReadonlyMap<string, string>,
): Record<string, string[]> {
  const note = parse(notes.get('huggingface') ?? '{}')
  const features = Object.entries(Object(Object(Object(note).info).features))
  const named = features.flatMap(([column, feature]) => {
    const { names } = Object(feature)
    return isTexts(names) ? [[column, names] as const] : []
  })
  return Object.fromEntries(named)
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    // A note that is no JSON is somebody else's.
    return {}
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
