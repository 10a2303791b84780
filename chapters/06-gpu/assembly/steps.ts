/**
 * A step of Adam (chapter 4) for `count` numbers: m and v take up the gradient, and
 * θ ← kept · θ − rate · m / (√v + margin).
 */
export function adam(
  parameter: i32,
  gradient: i32,
  m: i32,
  v: i32,
  count: i32,
  beta1: f32,
  entering1: f32,
  beta2: f32,
  entering2: f32,
  kept: f32,
  rate: f32,
  margin: f32,
): void {
  for (let i = 0; i < 4 * count; i += 16) {
    const g = v128.load(gradient + i)
    const oldM = f32x4.mul(v128.load(m + i), f32x4.splat(beta1))
    const newM = f32x4.add(oldM, f32x4.mul(g, f32x4.splat(entering1)))
    const oldV = f32x4.mul(v128.load(v + i), f32x4.splat(beta2))
    const square = f32x4.mul(g, g)
    const newV = f32x4.add(oldV, f32x4.mul(square, f32x4.splat(entering2)))
    v128.store(m + i, newM)
    v128.store(v + i, newV)
    const divisor = f32x4.add(f32x4.sqrt(newV), f32x4.splat(margin))
    const step = f32x4.div(f32x4.mul(newM, f32x4.splat(rate)), divisor)
    const left = f32x4.mul(v128.load(parameter + i), f32x4.splat(kept))
    v128.store(parameter + i, f32x4.sub(left, step))
  }
}

/**
 * A step of SGD (chapter 4) for `count` numbers: g ← sign · g + decay · θ, then
 * v ← momentum · v + share · g, and θ ← θ − rate · (v, or g + momentum · v).
 */
export function sgd(
  parameter: i32,
  gradient: i32,
  v: i32,
  count: i32,
  sign: f32,
  decay: f32,
  momentum: f32,
  share: f32,
  nesterov: i32,
  rate: f32,
): void {
  const decays = decay !== 0
  const gains = momentum !== 0
  for (let i = 0; i < 4 * count; i += 16) {
    const x = v128.load(parameter + i)
    let g = f32x4.mul(v128.load(gradient + i), f32x4.splat(sign))
    if (decays) g = f32x4.add(f32x4.mul(x, f32x4.splat(decay)), g)
    let step = g
    if (gains) {
      const old = f32x4.mul(v128.load(v + i), f32x4.splat(momentum))
      const velocity = f32x4.add(old, f32x4.mul(g, f32x4.splat(share)))
      v128.store(v + i, velocity)
      step = velocity
      if (nesterov) step = f32x4.add(f32x4.mul(velocity, f32x4.splat(momentum)), g)
    }
    v128.store(parameter + i, f32x4.sub(x, f32x4.mul(step, f32x4.splat(rate))))
  }
}
