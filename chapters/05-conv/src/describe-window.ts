import type { PerAxis } from './window.ts'

/** What a layer says of its window where it is not the default. */
export interface DescribedWindow {
  readonly kernelSize: readonly number[]
  readonly stride: PerAxis
  readonly padding: PerAxis | string
  readonly dilation: PerAxis
}

/** A window on one line: `3×3, stride 2, padding 1`. */
export function describeWindow(window: DescribedWindow): string {
  const { kernelSize, stride, padding, dilation } = window
  const kernel = kernelSize.length === 1 ? `kernel ${kernelSize}` : kernelSize.join('×')
  const rest =
    describeOption('stride', stride, 1) +
    describeOption('padding', padding, 0) +
    describeOption('dilation', dilation, 1)
  return kernel + rest
}

/** `, stride 2` or `, stride 2×1`; nothing where it is the usual. */
export function describeOption(
  name: string,
  value: PerAxis | string,
  usual: number,
): string {
  const list = typeof value === 'object' ? value : [value]
  const [first] = list
  const text = list.every((n) => n === first) ? String(first) : list.join('×')
  return text === String(usual) ? '' : `, ${name} ${text}`
}
