import { DataError } from '../../datasets/errors.ts'

/** How the text of a table is laid out. */
export interface Layout {
  readonly delimiter: string
  /** The names of columns, where the first row does not have them. */
  readonly names: readonly string[] | undefined
}

/** Takes the values of a row, and what messages call it; whether to go on. */
type Visit = (fields: string[], row: string) => boolean

/** The text of a table, which is walked through row by row. */
export class CsvText {
  /** What messages begin with. */
  readonly file: string
  readonly #text: string
  readonly #layout: Layout

  constructor(file: string, text: string, layout: Layout) {
    this.file = file
    this.#text = text
    this.#layout = layout
  }

  /**
   * The names of all columns.
   *
   * @throws DataError where there are none, or one stands twice.
   */
  async names(): Promise<readonly string[]> {
    let names = this.#layout.names ?? []
    if (!this.#layout.names) {
      await this.#parse((fields) => {
        names = fields
        return false
      })
    }
    const twice = names.find((name, place) => names.indexOf(name) < place)
    if (names.length > 0 && twice === undefined) return names
    throw new DataError(
      names.length === 0
        ? `${this.file}: there are no rows`
        : `${this.file}: two columns are named '${twice}': give names of your own`,
    )
  }

  /**
   * Calls `visit` with the values of each row that is not blank, and with what messages
   * call that row: its number among all, from 1.
   *
   * @throws DataError where quotes do not match, or a row has another number of values.
   */
  async eachRow(
    visit: (fields: readonly string[], row: string) => void,
  ): Promise<void> {
    const { length } = await this.names()
    let isHead = !this.#layout.names
    await this.#parse((fields, row) => {
      if (fields.length !== length) {
        throw new DataError(
          `${row} has ${fields.length} values, but there are ${length} columns`,
        )
      }
      if (!isHead) visit(fields, row)
      isHead = false
      return true
    })
  }

  /** Calls `visit` with each row that is not blank. */
  async #parse(visit: Visit): Promise<void> {
    const { default: papaparse } = await import('papaparse')
    let n = 0
    papaparse.parse<string[]>(this.#text, {
      delimiter: this.#layout.delimiter,
      step: ({ data, errors }, parser) => {
        n++
        const row = `${this.file}: row ${n}`
        if (errors.length > 0) throw new DataError(`${row}: ${errors[0].message}`)
        const fields = data.map((field) => field.trim())
        if (fields.length === 1 && fields[0] === '') return
        if (!visit(fields, row)) parser.abort()
      },
    })
  }
}
