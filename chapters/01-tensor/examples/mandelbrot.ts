// The Mandelbrot set. Optional numbers: real part, imaginary part, zoom.
import { array, linspace, type NDArray, zeros } from '@deepdive/tensor'

const [real = -0.65, imaginary = 0, zoom = 1] = process.argv.slice(2).map(Number)
if (![real, imaginary, zoom].every(Number.isFinite) || zoom <= 0) {
  console.error('mandelbrot: give numbers: real part, imaginary part, zoom > 0')
  process.exit(1)
}
const columns = Math.min(process.stdout.columns || 80, 160)
const lines = Math.round(columns * 0.4)
const steps = 50 + Math.round(25 * Math.log2(Math.max(1, zoom)))

/**
 * The share of steps of z ← z² + c, from z = 0, that stay within |z| < 2, for a plane
 * of c at once. Who is out soon reaches NaN, which is not less than 4 either.
 */
function plane(rows: number): NDArray {
  const re = linspace(-1.6, 1.6, columns).div(zoom).add(real)
  const im = linspace(1.25, -1.25, rows).div(zoom).add(imaginary).unsqueeze(1)
  let [x, y, inside] = [zeros([]), zeros([]), zeros([])]
  for (let step = 0; step < steps; step++) {
    const [xx, yy, xy] = [x.square(), y.square(), x.mul(y)]
    inside = inside.add(xx.add(yy).lt(4))
    x = xx.sub(yy).add(re)
    y = xy.mul(2).add(im)
  }
  return inside.div(steps).sqrt()
}

function inCharacters(): string[] {
  const shades = ' .:-=+*%@#'
  const rows = plane(lines).mul(9).to('int32').split(1)
  return rows.map((row) => Array.from(row.toTypedArray(), (n) => shades[n]).join(''))
}

/** Three waves give red, green and blue; a half-block has one colour above another. */
function inColours(): string[] {
  const share = plane(2 * lines).unsqueeze(-1)
  const waves = share
    .mul(9)
    .add(array([1.9, 2.4, 2.9]))
    .cos()
    .add(1)
    .mul(127)
  const colours = waves.mul(share.lt(1)).to('int32').unflatten(0, [lines, 2])
  const text = (rgb: NDArray) => rgb.toTypedArray().join(';')
  return colours.split(1).map((line) => {
    const blocks = line
      .squeeze(0)
      .split(1, 1)
      .map((cell) => {
        return `\x1b[38;2;${text(cell.at(0))};48;2;${text(cell.at(1))}m▀`
      })
    return `${blocks.join('')}\x1b[0m`
  })
}

const draw = process.stdout.hasColors?.(2 ** 24) ? inColours : inCharacters
console.log(draw().join('\n'))
