/**
 * A key that an object of a valid JSON text has twice, if there is one. `JSON.parse` takes
 * the last in silence, other readers the first, and a file could show each of them
 * another tensor.
 */
export function repeatedKey(json: string): string | undefined {
  const around: Set<string>[] = []
  let string = ''
  for (let at = 0; at < json.length; at++) {
    if (json[at] === '{') around.push(new Set())
    else if (json[at] === '}') around.pop()
    else if (json[at] === '"') {
      const end = endOfString(json, at)
      string = json.slice(at, end + 1)
      at = end
    } else if (json[at] === ':') {
      // Outside of strings, a colon follows a key and nothing else.
      const key: string = JSON.parse(string)
      const keys = around[around.length - 1]
      if (keys.has(key)) return key
      keys.add(key)
    }
  }
  return undefined
}

/** Where the quote is that ends the string whose first quote is at `start`. */
function endOfString(json: string, start: number): number {
  let at = start + 1
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at
}
