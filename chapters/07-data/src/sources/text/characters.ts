import { Tensor, tensor } from '@deepdive/autograd'
import { IndexError, ValueError } from '@deepdive/tensor'
import { checkKind, isList } from '../../datasets/check-kind.ts'

/**
 * The characters of a text, each of which has a number, in the order of their code
 * points: the simplest way to make numbers of text, and text of numbers.
 *
 * @throws ValueError where there are no characters, or one stands twice.
 * @example
 * const letters = Characters.of('hello')
 * letters.all // → ['e', 'h', 'l', 'o']
 * letters.encode('hole') // → tensor([1, 3, 2, 0])
 * letters.decode([1, 0, 2, 2, 3]) // → hello
 */
export class Characters {
  /** Character n has the number n. */
  readonly all: readonly string[]
  readonly #numbers: ReadonlyMap<string, number>

  constructor(all: readonly string[]) {
    checkKind('Characters', { all }, 'a list of characters', Array.isArray)
    this.#numbers = new Map(all.map((character, n) => [character, n]))
    if (all.length === 0 || this.#numbers.size < all.length) {
      throw new ValueError('Characters: give each character once, and at least one')
    }
    this.all = all
  }

  /**
   * All characters that a text has.
   *
   * @example
   * Characters.of('banana').all // → ['a', 'b', 'n']
   */
  static of(text: string): Characters {
    checkText(text)
    const inOrder = (a: string, b: string) =>
      (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0)
    return new Characters([...new Set(text)].sort(inOrder))
  }

  /**
   * The numbers of a text, int32.
   *
   * @throws ValueError where a character has none.
   * @example
   * Characters.of('abc').encode('cab') // → tensor([2, 0, 1])
   * Characters.of('abc').encode('cat')
   * // throws ValueError: Characters: 't' at place 2 is none of these 3 characters
   */
  encode(text: string): Tensor {
    checkText(text)
    const characters = [...text]
    const numbers = Int32Array.from(characters, (character, place) => {
      const number = this.#numbers.get(character)
      if (number !== undefined) return number
      throw new ValueError(
        `Characters: '${character}' at place ${place} is none of these ` +
          `${this.all.length} characters`,
      )
    })
    return tensor(numbers)
  }

  /**
   * The text of numbers.
   *
   * @throws IndexError where no character has a number.
   * @example
   * Characters.of('abc').decode(tensor([2, 0, 1], { dtype: 'int32' })) // → cab
   */
  decode(numbers: Tensor | readonly number[]): string {
    const rule = 'a tensor, or a list of numbers'
    checkKind('Characters', { numbers }, rule, (value) => {
      return value instanceof Tensor || isList(value)
    })
    const list = numbers instanceof Tensor ? numbers.flatten().toTypedArray() : numbers
    return Array.from(list, (number) => {
      const character = this.all[number]
      if (character !== undefined) return character
      throw new IndexError(
        `Characters: there is no character ${number}: use 0 to ${this.all.length - 1}`,
      )
    }).join('')
  }
}

function checkText(text: unknown): void {
  checkKind('Characters', { text }, 'a string', (value) => typeof value === 'string')
}
