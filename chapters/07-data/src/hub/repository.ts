import { checkWhole, ValueError } from '@deepdive/tensor'
import { checkKind } from '../datasets/check-kind.ts'
import { DataError, reasonOf } from '../datasets/errors.ts'
import { missingPackage } from '../missing-package.ts'
import { Connection, meaningOf } from '../sources/http/connection.ts'
import type { HubFile } from './hub-file.ts'
import type { HuggingFaceOptions } from './options.ts'

/** A data set on the hub, and who asks for it. */
export interface Repository {
  /** As `ylecun/mnist`. */
  readonly name: string
  readonly hubUrl: string
  readonly token: string | undefined
  readonly connection: Connection
}

/** Refuses what is no name of a data set. */
export function checkName(name: string): void {
  checkKind('huggingFace', { name }, "a name, as 'ylecun/mnist'", isString)
  if (/^[\w.-]+(\/[\w.-]+)?$/.test(name)) return
  throw new ValueError(`huggingFace: '${name}' is no name: give one as 'ylecun/mnist'`)
}

const isString = (value: unknown) => typeof value === 'string'

export function repositoryOf(name: string, options: HuggingFaceOptions): Repository {
  const { hubUrl = 'https://huggingface.co', token } = options
  checkAccess({ hubUrl, ...options })
  return { name, hubUrl, token, connection: new Connection(options) }
}

function checkAccess(options: HuggingFaceOptions): void {
  const { hubUrl, columns = [], retries = 5, onProgress, fetch, wait } = options
  checkWhole('huggingFace', { retries })
  checkKind('huggingFace', { hubUrl }, 'a URL, as a string', isString)
  checkKind('huggingFace', { columns }, 'a list', Array.isArray)
  checkKind('huggingFace', { onProgress, fetch, wait }, 'a function', (value) => {
    return value === undefined || typeof value === 'function'
  })
}

/**
 * All files of one version of a data set. What a branch stands for is asked once, so
 * that all files are of one version.
 *
 * @throws DataError where there is no such data set or version, or it takes a token.
 */
export async function listRepository(
  repository: Repository,
  revision: string,
): Promise<HubFile[]> {
  try {
    return await list(repository, revision)
  } catch (error) {
    const { statusCode } = Object(error)
    const reason =
      typeof statusCode === 'number'
        ? `the server answers ${statusCode}: ${meaningOf(statusCode)}`
        : reasonOf(error)
    throw new DataError(`${repository.name} at ${revision}: ${reason}`, error)
  }
}

async function list(repository: Repository, revision: string): Promise<HubFile[]> {
  const { name, hubUrl, token, connection } = repository
  const { datasetInfo, listFiles } = await import('@huggingface/hub').catch((error) => {
    throw new DataError(`it asks by ${missingPackage('@huggingface/hub', error)}`)
  })
  const access = {
    hubUrl,
    fetch: connection.askWhole,
    ...(token && { accessToken: token }),
  }
  const { sha } = await datasetInfo({
    ...access,
    name,
    revision,
    additionalFields: ['sha'],
  })
  const repo = { type: 'dataset', name } as const
  const files: HubFile[] = []
  const entries = listFiles({ ...access, repo, revision: sha, recursive: true })
  for await (const { type, path, size, oid = '', lfs } of entries) {
    if (type !== 'file') continue
    const checksum = lfs
      ? ({ kind: 'sha256', value: lfs.oid } as const)
      : ({ kind: 'git', value: oid } as const)
    checkDigest(path, checksum.value)
    const url = `${hubUrl}/datasets/${name}/resolve/${sha}/${encodeURI(path)}`
    files.push({ path, url, size, checksum })
  }
  return files
}

/** A checksum names a file in the cache: anything else could name one outside of it. */
function checkDigest(path: string, value: string): void {
  if (/^[0-9a-f]+$/.test(value)) return
  throw new DataError(`${path} has '${value}' for a checksum, which is none`)
}
