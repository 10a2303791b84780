import { DataError } from '../datasets/errors.ts'
import { type Folder, isList } from './folder.ts'
import { decodeIdx, type Idx } from './idx.ts'
import { type Place, readIfThere } from './place.ts'

/**
 * The IDX file of a name that is in a folder, or in one of the `subfolders` where
 * others put it; gzip or not, and with a dot or a hyphen before `idx`.
 *
 * @throws DataError that says what was looked for, where there is none.
 */
export async function readIdxIn(
  folder: Folder,
  name: string,
  subfolders: readonly string[],
): Promise<Idx> {
  const spellings = [name, name.replace('-idx', '.idx')]
  const names = spellings.flatMap((spelling) => [spelling, `${spelling}.gz`])
  for (const place of placesOf(folder, names, subfolders)) {
    const bytes = await readIfThere(place)
    if (bytes) return decodeIdx(bytes, place)
  }
  throw new DataError(
    `there is no ${names.join(', nor ')} ` +
      (isList(folder)
        ? `among ${folder.map((file) => file.name).join(', ') || 'no files'}`
        : `in ${folder}, nor in its folders ${subfolders.join(', ')}`),
  )
}

function placesOf(
  folder: Folder,
  names: readonly string[],
  subfolders: readonly string[],
): Place[] {
  if (isList(folder)) return folder.filter((file) => names.includes(file.name))
  const root = String(folder).replace(/\/*$/, '/')
  const paths = ['', ...subfolders.map((name) => `${name}/`)].flatMap((within) => {
    return names.map((name) => `${root}${within}${name}`)
  })
  return folder instanceof URL ? paths.map((path) => new URL(path)) : paths
}
