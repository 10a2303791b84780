/** What this platform knows of files; `#local` is one of these. */
export interface LocalFiles {
  /** The bytes of a file that is named by its path; undefined where there is none. */
  read(path: string | URL): Promise<Uint8Array | undefined>
  /**
   * The paths of all that is in a folder, from there on, folders with a slash at the
   * end; undefined where there is none.
   */
  list(folder: string | URL): Promise<string[] | undefined>
  /** The bytes that a gzip file holds. */
  gunzip(bytes: Uint8Array): Promise<Uint8Array>
}
