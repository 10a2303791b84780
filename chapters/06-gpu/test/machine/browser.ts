import type { Adapter } from './adapter.ts'
import { isPackedForHere, unpackChromium } from './unpack.ts'

/** What Playwright needs to start a browser. */
export interface Launch {
  readonly executablePath?: string
  readonly args: string[]
  /** Its environment, where that is not this process's. */
  readonly env?: NodeJS.ProcessEnv
}

/**
 * How to start the browser that `DEEPDIVE_CHROMIUM` names, or the packed Chromium where
 * that runs, or Playwright's own, with WebGPU on an adapter.
 */
export function launchOf(adapter: Adapter): Launch {
  const named = process.env.DEEPDIVE_CHROMIUM
  const args = [...webgpu, ...(adapter === 'swiftshader' ? software : [])]
  if (named) return { executablePath: named, args }
  if (!isPackedForHere) return { args }
  const folder = unpackChromium()
  return {
    executablePath: `${folder}/chromium`,
    args,
    env: { ...process.env, LD_LIBRARY_PATH: `${folder}:${folder}/al2023/lib` },
  }
}

const webgpu = ['--enable-unsafe-webgpu', '--enable-features=Vulkan']
const software = ['--use-webgpu-adapter=swiftshader']
