// A page that reads the digit that one draws, while one draws it.
import { load, noGrad, tensor } from 'deepdive'
// The fast kernels of the cpu, which a bundler would leave out.
import 'deepdive/simd'
import { byId, say } from '../../../06-gpu/examples/page/page.ts'
import { asMnist, pixels } from './as-mnist.ts'
import { makeModel } from './model.ts'
import { drawStrokes, type Stroke } from './strokes.ts'

const pad = byId('pad', HTMLCanvasElement)
const strokes: Stroke[] = []

const rows = Array.from({ length: 10 }, (_, digit) => {
  const row = document.createElement('li')
  row.innerHTML = `${digit}<span class="bar"></span><span class="share"></span>`
  byId('shares').append(row)
  return row
})

/** An empty canvas, and a pen of the colour of text. */
function penOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('this browser cannot draw')
  pen.reset()
  pen.strokeStyle = pen.fillStyle = getComputedStyle(canvas).color
  return pen
}

/** Shows what the network sees. */
function showSeen(ink: Float32Array): void {
  const pen = penOf(byId('seen', HTMLCanvasElement))
  const picture = new ImageData(pixels, pixels)
  for (const [n, amount] of ink.entries()) picture.data[4 * n + 3] = 255 * amount
  pen.putImageData(picture, 0, 0)
  // Colours what is there, and nothing else.
  pen.globalCompositeOperation = 'source-in'
  pen.fillRect(0, 0, pixels, pixels)
}

/** Shows how likely each digit is. */
function showShares(shares: readonly number[]): void {
  const likeliest = shares.indexOf(Math.max(...shares))
  for (const [digit, row] of rows.entries()) {
    const share = shares[digit]
    row.className = digit === likeliest ? 'likeliest' : ''
    row.style.setProperty('--share', String(share))
    const [, text] = row.children
    text.textContent = `${(100 * share).toFixed(0)} %`
  }
  say('digit', String(likeliest))
  say('certainty', `${(100 * shares[likeliest]).toFixed(0)} % sure`)
}

const model = makeModel()

/** Shows the strokes, and what the network takes them for. */
function show(): void {
  drawStrokes(penOf(pad), strokes, pad.width / 15, { side: pad.width })
  byId('board').classList.toggle('empty', strokes.length === 0)
  if (strokes.length === 0) return
  const ink = asMnist(strokes)
  showSeen(ink)
  const image = tensor(ink, [1, 1, pixels, pixels])
  const shares = noGrad(() => model.forward(image).softmax(1).flatten())
  showShares(Array.from(shares.toTypedArray()))
}

let isDue = false

/** Once for each picture on the screen, however fast the pen moves. */
function showSoon(): void {
  if (isDue) return
  isDue = true
  requestAnimationFrame(() => {
    isDue = false
    show()
  })
}

function pointOf({ clientX, clientY }: PointerEvent): Stroke[number] {
  const { left, top, width, height } = pad.getBoundingClientRect()
  return [(clientX - left) / width, (clientY - top) / height]
}

function listen(): void {
  pad.addEventListener('pointerdown', (event) => {
    if (!event.isPrimary) return
    pad.setPointerCapture(event.pointerId)
    strokes.push([pointOf(event)])
    showSoon()
  })
  pad.addEventListener('pointermove', (event) => {
    if (!pad.hasPointerCapture(event.pointerId)) return
    strokes.at(-1)?.push(pointOf(event))
    showSoon()
  })
  byId('clear').addEventListener('click', () => {
    strokes.length = 0
    showSoon()
  })
}

try {
  model.loadStateDict(await load(await fetch('digits.safetensors')))
  model.eval()
  listen()
  say('status', 'It has learned from 8,000 digits, and none of them was yours.')
} catch (error) {
  say('status', `It failed: ${error instanceof Error ? error.message : error}`)
  throw error
}
