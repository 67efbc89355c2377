/**
 * A human report and failing probes in one scope raise each other: how rare both are together. `probeYears`: how seldom chance makes the
 * probes fail like this; `voices` heard there in a window in which `expected` are usual. Two witnesses who do not know of each other:
 * the chances multiply. Without a voice it is what the probes say alone; a voice never makes it less rare.
 */
export function fusedYears(probeYears: number, voices: number, expected: number): number {
  if (voices <= 0) return probeYears
  return probeYears / Math.max(atLeast(voices, expected), 1e-9)
}

/** The chance that a Poisson count of this mean reaches `count`. */
function atLeast(count: number, mean: number): number {
  let [term, below] = [Math.exp(-mean), 0]
  for (let n = 0; n < count; n += 1) {
    below += term
    term *= mean / (n + 1)
  }
  return Math.min(1, Math.max(0, 1 - below))
}
