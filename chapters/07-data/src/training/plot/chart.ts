import { ValueError } from '@deepdive/tensor'
import type { Curves, Matrix } from './panels.ts'

/** The size of a panel in pixels, and of the diagram in it. */
const panel = { width: 430, height: 310, perRow: 2 }
const inner = { left: 64, top: 52, width: 330, height: 210 }

const colors = ['#c2410c', '#1d4ed8', '#15803d', '#7e22ce']
/** From nothing to the most. */
const shades = ['#f8fafc', '#1d4ed8']

/** Where panel `n` begins. */
function placeOf(n: number): { x: number; y: number } {
  const row = Math.floor(n / panel.perRow)
  return { x: (n % panel.perRow) * panel.width, y: row * panel.height }
}

/** How large a picture of so many panels is. */
export function sizeOfChart(count: number): { width: number; height: number } {
  const rows = Math.ceil(count / panel.perRow)
  return {
    width: panel.width * Math.min(count, panel.perRow),
    height: panel.height * rows,
  }
}

/** What echarts needs to know of one panel. */
interface Parts {
  readonly title: object
  readonly grid: object
  readonly xAxis: object
  readonly yAxis: object
  readonly series: object[]
  readonly visualMap: object[]
  readonly legend: object[]
}

/** All panels as one option of echarts. */
export function chartOf(
  panels: readonly (Curves | Matrix)[],
  classes: readonly string[] | undefined,
): Record<string, object | string | boolean> {
  const parts: Parts[] = []
  let series = 0
  for (const [n, found] of panels.entries()) {
    const part =
      found.kind === 'curves'
        ? curvesPart(found, n)
        : matrixPart(found, n, series, namesOf(found, classes))
    parts.push(part)
    series += part.series.length
  }
  return {
    animation: false,
    backgroundColor: '#ffffff',
    color: colors,
    title: parts.map(({ title }) => title),
    grid: parts.map(({ grid }) => grid),
    xAxis: parts.map(({ xAxis }) => xAxis),
    yAxis: parts.map(({ yAxis }) => yAxis),
    series: parts.flatMap((part) => part.series),
    visualMap: parts.flatMap((part) => part.visualMap),
    legend: parts.flatMap((part) => part.legend),
  }
}

/** What the classes of a matrix are called: their numbers, unless somebody says it. */
function namesOf({ title, rows }: Matrix, classes: readonly string[] | undefined) {
  if (classes === undefined) return rows.map((_, n) => String(n))
  if (classes.length === rows.length) return classes
  throw new ValueError(
    `plot: classes are ${classes.length} names, but ${title} has ${rows.length} ` +
      'classes: give a name for each',
  )
}

function frame(n: number, text: string) {
  const { x, y } = placeOf(n)
  const { left, top, width, height } = inner
  return {
    title: { text, left: x + left, top: y + 12, textStyle: { fontSize: 15 } },
    grid: { left: x + left, top: y + top, width, height },
  }
}

function curvesPart({ title, epochs, lines }: Curves, n: number): Parts {
  return {
    ...frame(n, title),
    xAxis: {
      gridIndex: n,
      type: 'category',
      data: epochs,
      name: 'epoch',
      nameGap: 24,
      nameLocation: 'middle',
    },
    yAxis: { gridIndex: n, type: 'value', scale: true },
    series: lines.map(({ name, values }, line) => ({
      type: 'line',
      name,
      xAxisIndex: n,
      yAxisIndex: n,
      itemStyle: { color: colors[line % colors.length] },
      data: values,
    })),
    visualMap: [],
    legend: lines.length > 1 ? [legendOf(n, lines)] : [],
  }
}

/** The names of lines, beside the title. */
function legendOf(n: number, lines: Curves['lines']): object {
  const { x, y } = placeOf(n)
  const left = x + inner.left + 130
  return { data: lines.map(({ name }) => name), left, top: y + 12 }
}

function matrixPart(
  { title, rows }: Matrix,
  n: number,
  series: number,
  classes: readonly string[],
): Parts {
  const axis = {
    gridIndex: n,
    type: 'category',
    data: classes,
    splitArea: { show: true },
  }
  const middle = { nameLocation: 'middle' }
  return {
    ...frame(n, title),
    xAxis: { ...axis, ...middle, name: 'taken for', nameGap: 24 },
    yAxis: { ...axis, ...middle, name: 'is', nameGap: 44, inverse: true },
    series: [
      {
        type: 'heatmap',
        xAxisIndex: n,
        yAxisIndex: n,
        data: rows.flatMap((row, y) => row.map((count, x) => [x, y, count])),
        label: { show: rows.length <= 20, fontSize: 10 },
      },
    ],
    visualMap: [
      {
        show: false,
        seriesIndex: series,
        min: 0,
        max: rows.flat().reduce((a, b) => Math.max(a, b), 1),
        inRange: { color: shades },
      },
    ],
    legend: [],
  }
}
