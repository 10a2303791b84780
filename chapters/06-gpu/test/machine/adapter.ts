import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { isPackedForHere, unpackChromium } from './unpack.ts'

/** What computes as a GPU does: what the system has, or SwiftShader, on the processor. */
export type Adapter = 'system' | 'swiftshader'

/**
 * What `DEEPDIVE_ADAPTER` asks for; else the system's, and SwiftShader where it has none.
 * @throws Error where it asks for something else.
 */
export function chooseAdapter(): Adapter {
  const { DEEPDIVE_ADAPTER: wanted = '' } = process.env
  if (wanted === 'system' || wanted === 'swiftshader') return wanted
  if (wanted !== '') {
    throw new Error(
      `DEEPDIVE_ADAPTER is ${wanted}: it must be system or swiftshader, or not set`,
    )
  }
  return isPackedForHere && !systemHasAdapter() ? 'swiftshader' : 'system'
}

/** Whether Dawn finds an adapter in a process like this one. */
function systemHasAdapter(): boolean {
  const script =
    "import { create } from 'webgpu'\n" +
    'process.exit((await create([]).requestAdapter()) ? 0 : 1)'
  const { status } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { cwd: fileURLToPath(new URL('../../', import.meta.url)) },
  )
  return status === 0
}

/**
 * What must stand in the environment of a process before it starts, so that Dawn finds
 * the adapter: the loader of shared libraries reads it then, and never again.
 */
export function environmentFor(adapter: Adapter): Record<string, string> {
  if (adapter === 'system') return {}
  const folder = unpackChromium()
  return {
    VK_ICD_FILENAMES: `${folder}/vk_swiftshader_icd.json`,
    LD_LIBRARY_PATH: folder,
  }
}
