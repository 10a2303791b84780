/** What is known of the bytes of a file before they are there. */
export interface Checksum {
  /** SHA-256 of large files; of small ones the SHA-1 that git names them by. */
  readonly kind: 'sha256' | 'git'
  readonly value: string
}

/** A file of a repository on the hub. */
export interface HubFile {
  readonly path: string
  readonly url: string
  readonly size: number
  readonly checksum: Checksum
}
