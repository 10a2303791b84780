/** The element of the page that has this id. */
export function byId(id: string): HTMLElement
export function byId<Kind extends Element>(id: string, kind: new () => Kind): Kind
export function byId(id: string, kind: new () => Element = HTMLElement): Element {
  const element = document.getElementById(id)
  if (element instanceof kind) return element
  throw new Error(`the page has no #${id}`)
}

export function say(id: string, text: string): void {
  byId(id).textContent = text
}
