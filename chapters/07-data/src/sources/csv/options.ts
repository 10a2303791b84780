import { checkNames, checkWord, optionsOf, ValueError } from '@deepdive/tensor'
import { checkKind } from '../../datasets/check-kind.ts'
import { isRecord } from '../../loader/alike.ts'
import { type ColumnType, readings, type ValueOf } from './column-type.ts'

/** How a column is read: by its type alone, or with a value for missing ones. */
export type ColumnOption = ColumnType | FilledColumn

export interface FilledColumn {
  readonly type: ColumnType
  /** What a missing value becomes; of float32 also the mean or median of the others. */
  readonly fill?: number | boolean | string
}

export type ColumnOptions = Readonly<Record<string, ColumnOption>>

/** A row of columns that were read so. */
export type RowOf<Columns> = {
  readonly [Name in keyof Columns]: ValueOf<
    Columns[Name] extends FilledColumn ? Columns[Name]['type'] : Columns[Name]
  >
}

export interface CsvOptions {
  /** The columns to read. Default: all, each of the first type that fits its values. */
  readonly columns?: ColumnOptions
  /** What stands between values. Default: ','. */
  readonly delimiter?: string
  /** The names of all columns, where the first row does not say them. */
  readonly names?: readonly string[]
  /** What says that a value is missing. Default: '', NA, N/A, NaN, null, None and ?. */
  readonly missing?: readonly string[]
  /**
   * What to do with a row that lacks a value for which nothing is filled in: refuse the
   * file, or leave out the row. Default: 'error'.
   */
  readonly onMissing?: 'error' | 'drop'
}

const known: Record<keyof CsvOptions, true> = {
  columns: true,
  delimiter: true,
  names: true,
  missing: true,
  onMissing: true,
}

const nothing = ['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', 'None', '?']

/** The options with their defaults; refuses what makes no sense. */
export function readOptions(options: CsvOptions) {
  const { delimiter = ',', onMissing = 'error' } = optionsOf('csv', options)
  checkNames('csv', options, known)
  checkWord('csv', 'onMissing', onMissing, ['error', 'drop'])
  checkLayout(options)
  const columns = Object.entries(options.columns ?? {}).map(([name, option]) => {
    return [name, readColumn(name, option)] as const
  })
  return {
    columns: options.columns && new Map(columns),
    delimiter,
    names: options.names,
    missing: new Set(options.missing ?? nothing),
    onMissing,
  }
}

function checkLayout({
  delimiter = ',',
  names = [],
  missing = [],
  columns = {},
}: CsvOptions) {
  checkKind('csv', { delimiter }, 'a string', (value) => typeof value === 'string')
  if (/^$|["\r\n\uFEFF]/.test(delimiter)) {
    throw new ValueError(
      `csv: delimiter is '${delimiter}': it must be a sign without a meaning of its ` +
        "own, as ','",
    )
  }
  checkKind('csv', { names, missing }, 'a list of strings', Array.isArray)
  checkKind('csv', { columns }, 'an object of types by the names of columns', isRecord)
}

function readColumn(name: string, option: ColumnOption): FilledColumn {
  const column = typeof option === 'string' ? { type: option } : option
  checkWord('csv', `columns.${name}`, column.type, Object.keys(readings))
  const { type, fill } = column
  if (fill === undefined || (type === 'float32' && isStatistic(fill))) return column
  const { read, what } = readings[type]
  if (read(String(fill)) !== undefined) return column
  throw new ValueError(`csv: columns.${name}: fill is ${fill}, which is ${what}`)
}

/** Whether missing values become the mean or the median of the others. */
export function isStatistic(fill: unknown): fill is 'mean' | 'median' {
  return fill === 'mean' || fill === 'median'
}
