import { DataError } from '../datasets/errors.ts'
import type { HubFile } from './hub-file.ts'

/** A part of a data set: a configuration, as a language, and a split, as `train`. */
interface Part {
  readonly config: string
  readonly split: string
}

/**
 * Which part a Parquet file is of, by its path: `data/train-00000-of-00002.parquet`,
 * `german/test/0000.parquet` and `train.parquet` are the usual ones.
 */
export function partOf(path: string): Part {
  const folders = path.replace(/\.parquet$/, '').split('/')
  const file = folders.pop() ?? ''
  const sharded = file.match(/^(.+?)-\d+-of-\d+/)?.[1]
  // A number alone is a part of what its folder is named for.
  const split = sharded ?? (/^\d+$/.test(file) ? folders.pop() : file) ?? file
  const config = folders.filter((folder) => folder !== 'data').join('/')
  return { config: config || 'default', split }
}

/**
 * The files of a split, in order; of the one configuration that there is, or of the one
 * that is called default, or of the one that is asked for.
 *
 * @throws DataError that says which there are.
 */
export function filesOfSplit(
  name: string,
  files: readonly HubFile[],
  { config, split }: { readonly config: string | undefined; readonly split: string },
): HubFile[] {
  const parts = files.map((file) => ({ file, ...partOf(file.path) }))
  const configs = [...new Set(parts.map((part) => part.config))]
  const chosen = config ?? (configs.length === 1 ? configs[0] : 'default')
  if (!configs.includes(chosen)) {
    throw new DataError(
      `${name} has no config ${config ?? 'by default'}: choose one of ` +
        configs.sort().join(', '),
    )
  }
  const inConfig = parts.filter((part) => part.config === chosen)
  const found = inConfig.filter((part) => part.split === split)
  if (found.length === 0) {
    const splits = [...new Set(inConfig.map((part) => part.split))].sort().join(', ')
    throw new DataError(`${name} has no split ${split}: choose one of ${splits}`)
  }
  return found.map(({ file }) => file).sort((a, b) => (a.path < b.path ? -1 : 1))
}
