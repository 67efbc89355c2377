/** Calls tried from one network, and how many of them passed. */
export type NetworkTest = { network: string; passed: number; tried: number; at: Date }

/** A call that passed once in three is no way round. */
export function allPassed({ passed, tried }: Pick<NetworkTest, 'passed' | 'tried'>): boolean {
  return passed === tried
}

/** The last test of each network, however its name is written: by that one it works or fails. */
export function lastByNetwork(tests: readonly NetworkTest[]): NetworkTest[] {
  const last = new Map<string, NetworkTest>()
  for (const one of tests) {
    const key = one.network.trim().toLowerCase()
    const known = last.get(key)
    if (!known || known.at <= one.at) last.set(key, one)
  }
  return [...last.values()]
}
