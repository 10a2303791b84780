// WebGPU in Node, by Dawn, where a library looks for it: in `navigator`, as in a browser.
import { create, globals } from 'webgpu'

Object.assign(globalThis, globals)
const navigator = { userAgent: 'node', gpu: create([]) }
Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true })

const adapter = await navigator.gpu.requestAdapter({
  powerPreference: 'high-performance',
})
if (!adapter) throw new Error('WebGPU finds no adapter on this machine')

/** What the card calls itself. */
export const card = adapter.info.description || adapter.info.device
