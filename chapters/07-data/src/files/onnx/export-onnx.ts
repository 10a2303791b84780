import { Tensor } from '@deepdive/autograd'
import type { Model } from '@deepdive/nn'
import { describeValue, formatShape, ValueError } from '@deepdive/tensor'
import { joined } from '../save.ts'
import { type FileTarget, writeFile } from '../target.ts'
import { readConstants } from './constants.ts'
import { modelMessage } from './messages.ts'
import { recordBoth, withOpenBatch } from './open-batch.ts'
import { type ExportOptions, namesOf } from './ports.ts'
import { lengthOf, type Message } from './protobuf.ts'
import { translate } from './translation.ts'

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

async function exported(
  model: Model,
  given: Tensor | readonly Tensor[],
  options: ExportOptions,
): Promise<Message> {
  const inputs = [given].flat()
  for (const [n, input] of inputs.entries()) checkInput(input, n)
  const { one, larger } = recordBoth(model, inputs)
  const constants = await readConstants(model, larger ? [one, larger] : [one])
  const names = namesOf(one, options)
  const graph =
    (larger && withOpenBatch(one, larger, constants, names)) ??
    translate(one, new Map(), constants, names)
  return checkLength(modelMessage(graph))
}

function checkInput(input: unknown, n: number): void {
  if (!(input instanceof Tensor)) {
    throw new ValueError(`exportOnnx: input ${n} is ${describeValue(input)}, no tensor`)
  }
  if (input.numel() > 0) return
  throw new ValueError(
    `exportOnnx: input ${n} of ${formatShape(input.shape)} is empty: give an example that ` +
      'has elements',
  )
}

const longest = 2 ** 31 - 1

function checkLength(message: Message): Message {
  const length = lengthOf(message)
  if (length <= longest) return message
  throw new ValueError(
    `exportOnnx: the model takes ${length} bytes, where an ONNX file can have ${longest}`,
  )
}
