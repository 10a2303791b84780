import { ValueError } from '@deepdive/tensor'
import { missingPackage } from '../../missing-package.ts'
import { sizeOfChart } from './chart.ts'

/** A chart as SVG, drawn by echarts, which needs neither page nor canvas for that. */
export async function renderChart(
  option: Readonly<Record<string, unknown>>,
  panels: number,
): Promise<string> {
  const { init } = await import('echarts').catch((error: unknown) => {
    throw new ValueError(`plot: it draws by ${missingPackage('echarts', error)}`)
  })
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...sizeOfChart(panels) })
  try {
    chart.setOption({ ...option })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}
