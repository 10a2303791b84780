/** Random numbers: the same as on the cpu, see chapter 1. */
export const chance = {
  // Philox 4×32-10 (Salmon et al. 2011).
  philox: `
fn philox(counter: vec4u, key: vec2u) -> vec4u {
  var c = counter;
  var k = key;
  for (var round = 0; round < 10; round++) {
    c = vec4u(
      multiplyHigh(0xcd9e8d57u, c.z) ^ c.y ^ k.x,
      0xcd9e8d57u * c.z,
      multiplyHigh(0xd2511f53u, c.x) ^ c.w ^ k.y,
      0xd2511f53u * c.x,
    );
    k += vec2u(0x9e3779b9u, 0xbb67ae85u);
  }
  return c;
}`,

  // Two uniform numbers give two normal ones (Box & Muller 1958). The second is a part
  // of a whole turn, of which two bits are quarters.
  normalPair: `
fn normalPair(words: vec2u) -> vec2f {
  let radius = sqrt(-2.0 * logarithm(f32(0x1000000u - (words.x >> 8u)) / 16777216.0));
  let turn = turnFrom(words.y & 0xffffff00u, 0u);
  let sine = sineOrCosine(turn.quarter, turn.rest);
  let cosine = sineOrCosine(turn.quarter + 1, turn.rest);
  return radius * vec2f(cosine, sine);
}`,
} as const
