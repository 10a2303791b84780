import type { ImageFormat, RawImage } from '../images/raw-image.ts'

/** An image for a worker to decode. */
export interface DecodeJob {
  readonly format: ImageFormat
  readonly bytes: Uint8Array
}

/** What a worker answers: the image, why there is none, or that it has no decoder. */
export type DecodeAnswer =
  | { readonly image: RawImage }
  | { readonly error: string }
  | { readonly missing: ImageFormat }

/** A worker that decodes one image after another; `#decoder-thread` starts one. */
export interface DecoderThread {
  /** The answer to a job; it rejects where the worker ends before. */
  decode(job: DecodeJob): Promise<DecodeAnswer>
  /** Ends the worker, and whatever it does. */
  end(): Promise<void>
}
