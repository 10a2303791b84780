import { local } from '#local'
import { checkKind } from '../datasets/check-kind.ts'
import { DataError, reasonOf } from '../datasets/errors.ts'
import type { Place } from './place.ts'

/** Where several files are: a folder, the URL of one, or files that somebody chose. */
export type Folder = string | URL | readonly File[]

/** Whether it is a list of files. */
export function isList(folder: Folder): folder is readonly File[] {
  return Array.isArray(folder)
}

/** Refuses what is no folder. */
export function checkFolder(owner: string, folder: unknown): void {
  const rule = 'a path, a URL, or a list of Files'
  checkKind(owner, { folder }, rule, (value) => {
    return typeof value === 'string' || value instanceof URL || Array.isArray(value)
  })
}

/** A file, or a folder, whose path ends with a slash, by its path from a folder on. */
export interface Entry {
  readonly path: string
  readonly place: Place
}

/**
 * All that is in a folder, and in those in it, in the order of their paths.
 *
 * @throws DataError where it cannot be listed.
 */
export async function listFolder(folder: Folder): Promise<Entry[]> {
  const entries = isList(folder) ? folder.map(chosen) : await listed(folder)
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/**
 * Of a folder that somebody chose, each file knows its path, the folder's name first.
 */
function chosen(file: File): Entry {
  const [, ...path] = (file.webkitRelativePath || `/${file.name}`).split('/')
  return { path: path.join('/'), place: file }
}

async function listed(folder: string | URL): Promise<Entry[]> {
  const root = String(folder).replace(/\/*$/, '/')
  const at = (path: string) =>
    folder instanceof URL ? new URL(path, root) : root + path
  try {
    const paths = await local.list(folder)
    if (!paths) throw new DataError('there is no such folder')
    return paths.map((path) => ({ path, place: at(path) }))
  } catch (error) {
    throw new DataError(`${folder} cannot be listed: ${reasonOf(error)}`, error)
  }
}
