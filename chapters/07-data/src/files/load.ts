import type { Tensor } from '@deepdive/autograd'
import type { StateDict } from '@deepdive/nn'
import type { FileSource } from './byte-source.ts'
import { openSafetensors, type SafetensorsFile } from './safetensors/safe-open.ts'

/**
 * The tensors of a safetensors file by their names, on the `cpu` device, where they share
 * the memory of bytes that were given. float16 and bfloat16 become float32, exactly, and
 * float64 the nearest float32; other whole numbers become int32, if they fit.
 *
 * @throws FileError where the file is missing or broken, or an element fits no dtype.
 * @example
 * const model = new nn.Linear(2, 1)
 * const bytes = await serialize(model)
 * const other = new nn.Linear(2, 1)
 * other.loadStateDict(await load(bytes))
 * other.weight.eq(model.weight) // → tensor([[true, true]])
 */
export async function load(source: FileSource): Promise<StateDict> {
  const file = await openSafetensors('load', source)
  try {
    return await readAll(file)
  } finally {
    await file.close()
  }
}

/** Every tensor of an open file. */
export async function readAll(file: SafetensorsFile): Promise<Record<string, Tensor>> {
  const tensors: [string, Tensor][] = []
  for (const name of file.keys()) tensors.push([name, await file.getTensor(name)])
  return Object.fromEntries(tensors)
}
