import { DataError } from '../../datasets/errors.ts'

/** How the text of a table is laid out. */
export interface Layout {
  readonly delimiter: string
  /** The names of columns, where the first row does not have them. */
  readonly names: readonly string[] | undefined
}

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
      await this.#parse(1, (fields) => {
        names = fields
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
   * Calls `visit` with the values of each row that is not empty, and with what messages
   * call that row; rows are counted from 1, the one with the names included.
   *
   * @throws DataError where quotes do not match, or a row has another number of values.
   */
  async eachRow(
    visit: (fields: readonly string[], row: string) => void,
  ): Promise<void> {
    const { length } = await this.names()
    await this.#parse(0, (fields, n) => {
      const row = `${this.file}: row ${n}`
      if (n === 1 && !this.#layout.names) return
      if (fields.length === length) return visit(fields, row)
      throw new DataError(
        `${row} has ${fields.length} values, but there are ${length} columns`,
      )
    })
  }

  /** Parses so many rows, or all for 0. */
  async #parse(
    rows: number,
    visit: (fields: string[], n: number) => void,
  ): Promise<void> {
    const { default: papaparse } = await import('papaparse')
    let n = 0
    papaparse.parse<string[]>(this.#text, {
      delimiter: this.#layout.delimiter,
      skipEmptyLines: 'greedy',
      preview: rows,
      step: ({ data, errors }) => {
        n++
        if (errors.length === 0)
          return visit(
            data.map((field) => field.trim()),
            n,
          )
        throw new DataError(`${this.file}: row ${n}: ${errors[0].message}`)
      },
    })
  }
}
