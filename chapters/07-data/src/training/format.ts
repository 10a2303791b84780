import type { Scores } from './history.ts'

/** Which metrics are shares, to be shown in per cent. */
export type Units = Readonly<Record<string, { readonly unit?: '%' }>>

/** `loss 0.3082  accuracy 92.40 %`; what is no single number is left out. */
export function formatScores(scores: Partial<Scores>, units: Units): string {
  return Object.entries(scores)
    .flatMap(([name, score]) => {
      if (typeof score !== 'number') return []
      return `${name} ${formatScore(score, units[name]?.unit)}`
    })
    .join('  ')
}

function formatScore(score: number, unit: '%' | undefined): string {
  return unit === '%' ? `${(100 * score).toFixed(2)} %` : formatNumber(score)
}

/** Four decimals, or four digits where these would say nothing. */
function formatNumber(value: number): string {
  const size = Math.abs(value)
  const plain = value === 0 || (size >= 0.001 && size < 1e6)
  return plain ? value.toFixed(4) : value.toExponential(3)
}

/** `8.5 ms a step` */
export function formatPace(seconds: number, batches: number): string {
  const each = (1000 * seconds) / batches
  return each < 1000
    ? `${each.toFixed(1)} ms a step`
    : `${(each / 1000).toFixed(1)} s a step`
}

/** `0:42`, `12:05`, `3:00:00` */
export function formatTime(seconds: number): string {
  const whole = Math.round(seconds)
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const pad = (value: number) => String(value).padStart(2, '0')
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`
}
