import type { Tensor } from '@deepdive/autograd'
import type { Model } from '@deepdive/nn'
import { joined } from '../save.ts'
import { type FileTarget, writeFile } from '../target.ts'
import type { ExportOptions } from './ports.ts'
import type { Message } from './protobuf.ts'

/**
 * Writes a model to an ONNX file, which ONNX Runtime and other engines run: it is run on
 * example inputs, in evaluation mode, and what it does is written down. So it does the
 * same on other inputs only as far as nothing but tensors depends on them: a branch that
 * was taken stays taken, and a number that was read stays as it is. The size of the batch
 * (axis 0) is left open where a larger batch does the same.
 *
 * @throws ValueError that names an operation which cannot be exported, and its layer.
 * @throws FileError where the file cannot be written.
 * @example
 * const model = new nn.Sequential(new nn.Linear(4, 8), new nn.ReLU(), new nn.Linear(8, 2))
 * await exportOnnx(model, zeros([1, 4]), 'model.onnx')
 */
export async function exportOnnx(
  model: Model,
  inputs: Tensor | readonly Tensor[],
  target: FileTarget,
  options: ExportOptions = {},
): Promise<void> {
  await writeFile('exportOnnx', target, await exported(model, inputs, options))
}

/**
 * The bytes that `exportOnnx` writes, where there is no file to write to.
 *
 * @throws ValueError that names an operation which cannot be exported, and its layer.
 * @example
 * const bytes = await serializeOnnx(new nn.Linear(4, 2), zeros([1, 4]))
 * bytes.slice(0, 12) // → [8, 8, 18, 8, 100, 101, 101, 112, 100, 105, 118, 101]
 */
export async function serializeOnnx(
  model: Model,
  inputs: Tensor | readonly Tensor[],
  options: ExportOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  return joined(await exported(model, inputs, options))
}

/** Few programs export: what that takes is loaded when they do. */
async function exported(
  model: Model,
  inputs: Tensor | readonly Tensor[],
  options: ExportOptions,
): Promise<Message> {
  const { buildModel } = await import('./build-model.ts')
  return buildModel(model, inputs, options)
}
