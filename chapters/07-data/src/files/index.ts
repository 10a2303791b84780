// What may go wrong, where files come from, and where they go

export { FileError } from './errors.ts'
export type { BlobSource, FileSource, ResponseSource } from './byte-source.ts'
export type { FileTarget, HandleTarget } from './target.ts'

// Tensors in safetensors files

export { type SafetensorsFile, safeOpen } from './safetensors/safe-open.ts'
export type { Metadata } from './safetensors/encode.ts'
export { type Savable, type SaveOptions, save, serialize } from './save.ts'
export { load } from './load.ts'

// All that training needs to go on

export type { Saved } from './checkpoint/outline.ts'
export type { Stateful } from './checkpoint/stateful.ts'
export {
  type CheckpointParts,
  saveCheckpoint,
  serializeCheckpoint,
} from './checkpoint/save-checkpoint.ts'
export { readCheckpoint } from './checkpoint/read-checkpoint.ts'
export {
  type FoundValues,
  type LoadCheckpointOptions,
  loadCheckpoint,
  type WantedParts,
} from './checkpoint/load-checkpoint.ts'

// Models for engines that run them

export type { ExportOptions } from './onnx/ports.ts'
export { exportOnnx, serializeOnnx } from './onnx/export-onnx.ts'
