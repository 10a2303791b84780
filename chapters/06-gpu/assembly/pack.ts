import { arrange } from './arrange'

/** How many columns of b make a panel. */
const WIDTH: i32 = 16

/**
 * Copies b, [k, columns], into panels of 16 columns, each to be read from its first
 * byte to its last. The last panel is filled up with zeros. Panels are `stepPanel`
 * apart: more than these k rows take where others follow later.
 *
 *     ┌────┬────┬──┐
 *     │ →  │ →  │→ │       ┌────┐┌────┐┌────┐
 *     │ →  │ →  │→ │   →   │  → ││  → ││ →00│
 *     │ →  │ →  │→ │       └────┘└────┘└────┘
 *     └────┴────┴──┘
 */
export function packColumns(
  b: i32,
  stepK: i32,
  stepJ: i32,
  k: i32,
  columns: i32,
  to: i32,
  stepPanel: i32,
): void {
  for (let j = 0; j < columns; j += WIDTH, to += stepPanel) {
    const panel = b + j * stepJ
    const width = min(WIDTH, columns - j)
    arrange(panel, stepK, stepJ, k, width, to, WIDTH * 4)
    if (width < WIDTH) {
      for (let p = 0; p < k; p++) {
        memory.fill(to + (p * WIDTH + width) * 4, 0, (WIDTH - width) * 4)
      }
    }
  }
}
