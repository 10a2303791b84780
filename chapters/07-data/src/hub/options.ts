import type { ConnectionOptions } from '../sources/http/connection.ts'

export interface HuggingFaceOptions extends ConnectionOptions {
  /** Default: 'train'. */
  readonly split?: string
  /** Which of several variants, as a language. Default: the only one, or 'default'. */
  readonly config?: string
  /** A branch, a tag, or a commit. Default: 'main'. */
  readonly revision?: string
  /** Says who asks, for data sets that not everybody may see. */
  readonly token?: string
  /** The columns to read. Default: all. */
  readonly columns?: readonly string[]
  /** Whether to fetch rows as they are needed, and to keep none. Default: false. */
  readonly streaming?: boolean
  /** The folder for files, in Node. Default: the one of Python's huggingface_hub. */
  readonly cacheDir?: string
  /** Default: 'https://huggingface.co'. */
  readonly hubUrl?: string
  /** Called with how many bytes have come, and of how many. */
  readonly onProgress?: (bytes: number, total: number) => void
}
