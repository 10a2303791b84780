import { gzipSync } from 'node:zlib'
import { message } from '@deepdive/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CsvOptions, csv, DataLoader, TensorDataset } from '../../src/data.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

/** A table in memory as a file of that name. */
const file = (text: string) => new File([text], 'flats.csv')

const flats = 'rooms,area,city,sold\n3,70.5,Bern,true\n2,40,"Genf, Ost",false\n'

async function failure(text: string, options: CsvOptions = {}): Promise<string> {
  return csv(file(text), options).then(String, String)
}

test('each column gets the first type that fits all its values', async () => {
  const table = await csv(bytes(`${flats}5,100,NA,true\n`.replace('NA', 'Chur')))
  const types = Object.entries(table.columns).map(([name, { type }]) => [name, type])
  expect(Object.fromEntries(types)).toEqual({
    rooms: 'int32',
    area: 'float32',
    city: 'string',
    sold: 'bool',
  })
  expect(table.get(1)).toEqual({ rooms: 2, area: 40, city: 'Genf, Ost', sold: false })
  expect(table.length).toBe(3)
})

test('a batch has a tensor of each column of numbers, a list of texts', async () => {
  const columns = {
    area: 'float32',
    city: 'string',
    rooms: 'int32',
    sold: 'bool',
  } as const
  const table = await csv(bytes(flats), { columns })
  for await (const batch of new DataLoader(table, { batchSize: 2 })) {
    expect(String(batch.area)).toBe('tensor([70.5000, 40.0000])')
    expect(batch.city).toEqual(['Bern', 'Genf, Ost'])
    expect(String(batch.rooms)).toBe('tensor([3, 2])')
    expect(String(batch.sold)).toBe('tensor([ true, false])')
  }
})

test('only columns that are asked for are read', async () => {
  const table = await csv(bytes(flats), { columns: { area: 'float32' } })
  expect(table.get(0)).toEqual({ area: 70.5 })
})

test('columns of numbers make tensors, for a TensorDataset', async () => {
  const table = await csv(bytes(flats))
  const dataset = new TensorDataset(
    table.tensor(['area', 'rooms']),
    table.tensor('rooms'),
  )
  const [x, y] = dataset.get(0)
  expect([String(x), String(y)]).toEqual(['tensor([70.5000,  3.0000])', 'tensor(3)'])
  expect(message(() => table.tensor('city'))).toBe(
    'ValueError: Table: the column city has texts, which no tensor holds: read it as ' +
      "'category'",
  )
  expect(message(() => table.tensor(['floor']))).toBe(
    'ValueError: Table: there is no column floor: there are rooms, area, city, sold',
  )
})

test('a category is the place of a word among all, in order', async () => {
  const text = 'kind\npear\napple\npear\nfig\n'
  const table = await csv(bytes(text), { columns: { kind: 'category' } })
  expect(table.columns.kind.words).toEqual(['apple', 'fig', 'pear'])
  expect(String(table.tensor('kind'))).toBe('tensor([2, 0, 2, 1])')
})

test('values may be quoted, on several lines, between tabs, zipped', async () => {
  const quoted = await csv(bytes('\uFEFFa,b\r\n"1,5\n""x""", 2 \r\n\r\n'))
  expect(quoted.get(0)).toEqual({ a: '1,5\n"x"', b: 2 })
  const tabs = await csv(gzipSync('1\t2\n3\t4'), { delimiter: '\t', names: ['a', 'b'] })
  expect([tabs.get(0), tabs.length]).toEqual([{ a: 1, b: 2 }, 2])
})

test('any table that is written comes back', async () => {
  const row = fc.record({
    number: fc.float({ noNaN: true, noDefaultInfinity: true }),
    whole: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    flag: fc.boolean(),
    text: fc.string({ unit: 'grapheme' }).map((text) => `<${text}>`),
  })
  const columns = {
    number: 'float32',
    whole: 'int32',
    flag: 'bool',
    text: 'string',
  } as const
  const property = fc.asyncProperty(fc.array(row), async (rows) => {
    const lines = rows.map(({ number, whole, flag, text }) => {
      return `"${text.replaceAll('"', '""')}",${flag},${number},${whole}`
    })
    const table = await csv(bytes(['text,flag,number,whole', ...lines].join('\n')), {
      columns,
    })
    expect(table.length).toBe(rows.length)
    for (const [n, row] of rows.entries()) {
      // A −0 is written as 0.
      expect(table.get(n)).toEqual({ ...row, number: row.number + 0 })
    }
  })
  await fc.assert(property)
})

describe('missing values', () => {
  const text = 'a,b,c\n1,x,2\n?,NA,4\n7,,9\n4,z,\n'

  test('are refused unless something is filled in, naming row and column', async () => {
    expect(await failure(text)).toBe(
      'DataError: csv: flats.csv: row 3, column a: the value is missing: give a fill ' +
        "in its column's options, or leave out such rows by onMissing: 'drop'",
    )
    const columns = { b: 'string', a: { type: 'float32', fill: 0 } } as const
    expect(await failure(text, { columns })).toContain('row 3, column b: the value is')
  })

  test('are filled in by a value, or by the mean or median of the others', async () => {
    const columns = {
      a: { type: 'float32', fill: 'mean' },
      b: { type: 'category', fill: 'none' },
      c: { type: 'float32', fill: 'median' },
    } as const
    const table = await csv(bytes(text), { columns })
    expect(table.tensor('a').toArray()).toEqual([1, 4, 7, 4])
    expect(table.columns.b.words).toEqual(['none', 'x', 'z'])
    expect(table.tensor('b').toArray()).toEqual([1, 0, 0, 2])
    expect(table.tensor('c').toArray()).toEqual([2, 4, 9, 4])
    const even = await csv(bytes('c\n8\n2\nNA\n4\n1'), {
      columns: { c: { type: 'float32', fill: 'median' } },
    })
    expect(even.tensor('c').toArray()).toEqual([8, 2, 3, 4, 1])
  })

  test('are missing as well where a row has no others', async () => {
    expect(await failure('a,b\n1,2\n,\n')).toContain('row 3, column a: the value is')
    const columns = {
      a: { type: 'int32', fill: 0 },
      b: { type: 'int32', fill: 5 },
    } as const
    const table = await csv(bytes('a,b\n1,2\n,\n3,4\n'), { columns })
    expect(table.tensor(['a', 'b']).toArray()).toEqual([
      [1, 2],
      [0, 5],
      [3, 4],
    ])
  })

  test('may cost a row its place', async () => {
    const table = await csv(bytes(text), { onMissing: 'drop' })
    expect(table.length).toBe(1)
    const columns = { a: { type: 'int32', fill: -1 }, c: 'int32' } as const
    const filled = await csv(bytes(text), { columns, onMissing: 'drop' })
    expect(filled.tensor('a').toArray()).toEqual([1, -1, 7])
  })

  test('are what the options say', async () => {
    const table = await csv(bytes('a,b\n-,?\n1,x'), {
      missing: ['-'],
      columns: { a: { type: 'int32', fill: 0 }, b: 'string' },
    })
    expect(table.get(0)).toEqual({ a: 0, b: '?' })
  })
})

describe('what is no table is refused by file, row and column', () => {
  test('a value of another type', async () => {
    const columns = { rooms: 'int32', area: 'float32', sold: 'bool' } as const
    const changed = (from: string, to: string) =>
      failure(flats.replace(from, to), { columns })
    const place = 'DataError: csv: flats.csv: row 2, column'
    expect(await changed('3', 'three')).toBe(`${place} rooms: 'three' is no int32`)
    expect(await changed('3', '2.5')).toBe(`${place} rooms: '2.5' is no int32`)
    expect(await changed('3', '2147483648')).toContain('is no int32')
    expect(await changed('70.5', '0x10')).toBe(
      `${place} area: '0x10' is no number that float32 holds`,
    )
    expect(await changed('70.5', '1e40')).toContain("area: '1e40' is no number that")
    expect(await changed('70.5', 'Infinity')).toContain("area: 'Infinity' is no number")
    expect(await changed('true', 'yes')).toBe(
      `${place} sold: 'yes' is neither true nor false`,
    )
  })

  test('a row of more values, or fewer', async () => {
    expect(await failure('a,b\n1,2\n3\n')).toBe(
      'DataError: csv: flats.csv: row 3 has 1 values, but there are 2 columns',
    )
    expect(await failure('a,b\n1,2,3\n')).toContain('row 2 has 3 values')
  })

  test('by the rows of the file, of which empty ones are passed over', async () => {
    expect(await failure('\n \na,b\n\n1,2\n \n3\n')).toContain('row 7 has 1 values')
  })

  test('what is not UTF-8', async () => {
    const latin = Uint8Array.of(...bytes('city\nZ'), 0xfc, ...bytes('rich\n'))
    await expect(csv(new File([latin], 'flats.csv'))).rejects.toThrow(
      'flats.csv cannot be read: it is not UTF-8',
    )
  })

  test('a word that JavaScript has a meaning for', async () => {
    const table = await csv(bytes('role,n\nconstructor,1\n'))
    expect(table.get(0)).toEqual({ role: 'constructor', n: 1 })
    expect(() => table.tensor('constructor')).toThrow(
      'Table: there is no column constructor: there are role, n',
    )
    expect(
      await failure('role\nconstructor\n', { columns: { role: 'bool' } }),
    ).toContain("column role: 'constructor' is neither true nor false")
  })

  test('quotes that do not match', async () => {
    expect(await failure('a,b\n1,"2\n')).toBe(
      'DataError: csv: flats.csv: row 2: Quoted field unterminated',
    )
  })

  test('columns that are not there, or there twice, and no rows at all', async () => {
    const columns = { floor: 'int32' } as const
    expect(await failure(flats, { columns })).toBe(
      'DataError: csv: flats.csv: there is no column floor: there are rooms, area, ' +
        'city, sold',
    )
    expect(await failure('a,b,a\n1,2,3')).toBe(
      "DataError: csv: flats.csv: two columns are named 'a': give names of your own",
    )
    expect(await failure('\n')).toBe('DataError: csv: flats.csv: there are no rows')
    expect((await csv(bytes('a,b\n'))).length).toBe(0)
  })

  test('options that make no sense', async () => {
    expect(await failure(flats, { delimiter: '' })).toContain("csv: delimiter is ''")
    expect(await failure(flats, { delimiter: '"' })).toBe(
      "ValueError: csv: delimiter is '\"': it must be a sign without a meaning of its own, as ','",
    )
    expect(await failure(flats, { columns: { rooms: 'number' as never } })).toContain(
      "csv: columns.rooms is 'number': it must be 'float32' or 'int32' or 'bool'",
    )
    const columns = { rooms: { type: 'int32', fill: 'mean' } } as const
    expect(await failure(flats, { columns })).toBe(
      'ValueError: csv: columns.rooms: fill is mean, which is no int32',
    )
    expect(await failure(flats, { onMissing: 'keep' as never })).toContain(
      "csv: onMissing is 'keep': it must be 'error' or 'drop'",
    )
  })
})
