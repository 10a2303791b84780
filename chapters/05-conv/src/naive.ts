import { checkLists } from './naive-check.ts'
import { perAxis, type WindowOptions } from './window.ts'

/** Images as lists in lists: `images[n][c][i][j]`, of [N, C, H, W]. */
export type Images = readonly (readonly (readonly (readonly number[])[])[])[]

export interface NaiveConvOptions extends WindowOptions {
  /** Into how many groups the channels are divided, each on its own. Default: 1. */
  readonly groups?: number
}

/**
 * What a convolution is, for a reader: seven loops, and padding is what `?? 0` answers.
 *
 * The road from here to conv.ts has three steps. The innermost three loops, over c, p
 * and q, multiply two lists of C · k₁ · k₂ numbers and add up: they are the dot product
 * of a filter and a window. The four around them go through all filters and all
 * windows, and a dot product of each with each is a matrix product. So it is enough to
 * lay the windows side by side as the columns of a matrix, although neighbours overlap
 * and most numbers are then written k₁ · k₂ times: a matrix product reads its operands
 * in order, and runs many times as fast as loops that jump about in an image
 * (Chellapilla et al. 2006).
 *
 * @throws ShapeError and ValueError where conv2d does.
 * @example
 * naiveConv2d([[[[1, 2], [3, 4]]]], [[[[1, 10]]]]) // → [[[[21], [43]]]]
 */
export function naiveConv2d(
  x: Images,
  weight: Images,
  bias: readonly number[] | null = null,
  options: NaiveConvOptions = {},
): number[][][][] {
  checkLists('naiveConv2d', x, weight, bias, options)
  const { stride = 1, padding = 0, dilation = 1, groups = 1 } = options
  const [strideI, strideJ] = perAxis('naiveConv2d', 'stride', stride, 2, 1)
  const [paddingI, paddingJ] = perAxis('naiveConv2d', 'padding', padding, 2, 0)
  const [dilationI, dilationJ] = perAxis('naiveConv2d', 'dilation', dilation, 2, 1)
  const [height, width] = [x[0][0].length, x[0][0][0].length]
  const [outs, channels] = [weight.length, weight[0].length]
  const [rows, columns] = [weight[0][0].length, weight[0][0][0].length]
  const lastI = height + 2 * paddingI - dilationI * (rows - 1) - 1
  const lastJ = width + 2 * paddingJ - dilationJ * (columns - 1) - 1

  const y: number[][][][] = []
  for (let n = 0; n < x.length; n++) {
    y[n] = []
    for (let o = 0; o < outs; o++) {
      y[n][o] = []
      const firstChannel = Math.floor(o / (outs / groups)) * channels
      for (let i = 0; i * strideI <= lastI; i++) {
        y[n][o][i] = []
        for (let j = 0; j * strideJ <= lastJ; j++) {
          let sum = bias ? bias[o] : 0
          for (let c = 0; c < channels; c++) {
            for (let p = 0; p < rows; p++) {
              for (let q = 0; q < columns; q++) {
                const row = i * strideI + p * dilationI - paddingI
                const column = j * strideJ + q * dilationJ - paddingJ
                const pixel = x[n][firstChannel + c][row]?.[column] ?? 0
                sum += weight[o][c][p][q] * pixel
              }
            }
          }
          y[n][o][i][j] = sum
        }
      }
    }
  }
  return y
}
