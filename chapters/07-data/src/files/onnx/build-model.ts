import { Tensor } from '@deepdive/autograd'
import type { Model } from '@deepdive/nn'
import { describeValue, formatShape, optionsOf, ValueError } from '@deepdive/tensor'
import { checkModel } from '../../training/check-model.ts'
import { readConstants } from './constants.ts'
import { modelMessage } from './messages.ts'
import { recordBoth, withOpenBatch } from './open-batch.ts'
import { type ExportOptions, namesOf } from './ports.ts'
import { lengthOf, type Message } from './protobuf.ts'
import { translate } from './translation.ts'

/** A model as the message that an ONNX file is. */
export async function buildModel(
  model: Model,
  given: Tensor | readonly Tensor[],
  options: ExportOptions,
): Promise<Message> {
  checkModel('exportOnnx', model)
  optionsOf('exportOnnx', options)
  const inputs = [given].flat()
  if (inputs.length === 0) {
    throw new ValueError('exportOnnx: there are no inputs: give one example of each')
  }
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
