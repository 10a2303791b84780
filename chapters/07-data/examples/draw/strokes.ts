/** A line that was drawn, point by point, on a field whose sides are 1. */
export type Stroke = (readonly [x: number, y: number])[]

/** Where strokes go: point (0, 0) to (right, down), and so many pixels to a field's side. */
export interface Placing {
  readonly side: number
  readonly right?: number
  readonly down?: number
}

type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** Draws strokes with round ends, `thickness` pixels thick. */
export function drawStrokes(
  pen: Pen,
  strokes: readonly Stroke[],
  thickness: number,
  { side, right = 0, down = 0 }: Placing,
): void {
  pen.setTransform(side, 0, 0, side, right, down)
  pen.lineWidth = thickness / side
  pen.lineCap = pen.lineJoin = 'round'
  pen.beginPath()
  for (const stroke of strokes) {
    pen.moveTo(...stroke[0])
    // Back to the first point as well, so that a single one is a dot.
    for (const point of stroke) pen.lineTo(...point)
  }
  pen.stroke()
}
