/** ln Γ(x), x > 0 (Lanczos, g = 7): eleven digits, more than any rate learnt from a desk deserves. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

function lnGamma(x: number): number {
  const shifted = x - 1
  const base = shifted + 7.5
  let sum = LANCZOS[0] as number
  for (let term = 1; term < LANCZOS.length; term += 1) sum += (LANCZOS[term] as number) / (shifted + term)
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum)
}

/**
 * ln of the chance that a count of mean `mean` reaches `count`. For whole counts the tail of Poisson's law; between them, the
 * same curve without its steps (regularised incomplete gamma), since a second service is half a voice. Precise far in
 * the tail, where a plain probability would be nought.
 */
export function lnTail(count: number, mean: number): number {
  if (count <= 0) return 0
  if (mean <= 0) return Number.NEGATIVE_INFINITY
  const front = count * Math.log(mean) - mean - lnGamma(count)
  if (mean < count + 1) {
    let [term, sum] = [1 / count, 1 / count]
    for (let step = 1; step < 500 && term > sum * 1e-12; step += 1) {
      term *= mean / (count + step)
      sum += term
    }
    return Math.min(0, front + Math.log(sum))
  }
  // The common side: the complement by continued fraction (Lentz).
  let b = mean + 1 - count
  let [c, d] = [1e300, 1 / b]
  let fraction = d
  for (let step = 1; step < 500; step += 1) {
    const a = -step * (step - count)
    b += 2
    d = 1 / (a * d + b)
    c = b + a / c
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-12) break
  }
  return Math.log1p(-Math.min(1 - 1e-12, Math.exp(front) * fraction))
}
