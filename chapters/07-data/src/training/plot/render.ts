import { ValueError } from '@deepdive/tensor'
import { sizeOfChart } from './chart.ts'

/** A chart as SVG, drawn by echarts, which needs neither page nor canvas for that. */
export async function renderChart(
  option: Readonly<Record<string, unknown>>,
  panels: number,
): Promise<string> {
  const { init } = await import('echarts').catch((error: unknown) => {
    throw explained(error)
  })
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...sizeOfChart(panels) })
  try {
    chart.setOption({ ...option })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

function explained(error: unknown): ValueError {
  const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
  return new ValueError(
    `plot: it draws by the package echarts, which is not there (${reason}): install it ` +
      'by npm install echarts',
  )
}
