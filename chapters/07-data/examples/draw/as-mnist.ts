import { drawStrokes, type Stroke } from './strokes.ts'

/** How large MNIST's images are, and the digits in them, with lines about this thick. */
export const pixels = 28
const [room, thickness] = [20, 2.8]

/**
 * Strokes as MNIST has digits (LeCun et al. 1998): as large as fits into 20 · 20 pixels,
 * with their centre of mass in the middle of 28 · 28; ink is 1, paper 0.
 */
export function asMnist(strokes: readonly Stroke[]): Float32Array {
  const [left, right] = endsOf(strokes.flatMap((stroke) => stroke.map(([x]) => x)))
  const [top, bottom] = endsOf(strokes.flatMap((stroke) => stroke.map(([, y]) => y)))
  // A dot stays small.
  const side = (room - thickness) / Math.max(right - left, bottom - top, 0.2)
  const inkAround = (x: number, y: number) =>
    inkOf(strokes, side, pixels / 2 - x * side, pixels / 2 - y * side)
  const middle = [(left + right) / 2, (top + bottom) / 2] as const
  const [x, y] = centreOf(inkAround(...middle))
  return inkAround(middle[0] + x / side, middle[1] + y / side)
}

function endsOf(values: readonly number[]): [least: number, greatest: number] {
  return [Math.min(...values), Math.max(...values)]
}

/** How much of each pixel strokes cover. */
function inkOf(
  strokes: readonly Stroke[],
  side: number,
  right: number,
  down: number,
): Float32Array {
  const pen = new OffscreenCanvas(pixels, pixels).getContext('2d')
  if (!pen) throw new Error('this browser cannot draw')
  drawStrokes(pen, strokes, thickness, { side, right, down })
  const { data } = pen.getImageData(0, 0, pixels, pixels)
  return Float32Array.from({ length: pixels ** 2 }, (_, n) => data[4 * n + 3] / 255)
}

/** How far to the right of the middle, and below it, the centre of mass lies. */
function centreOf(ink: Float32Array): [x: number, y: number] {
  let [mass, x, y] = [0, 0, 0]
  for (const [n, amount] of ink.entries()) {
    mass += amount
    x += amount * ((n % pixels) + 0.5 - pixels / 2)
    y += amount * (Math.floor(n / pixels) + 0.5 - pixels / 2)
  }
  return [x / mass, y / mass]
}
