/** Drills of our own, made to be unlike the two given ones. Everything in them is invented. */
type Line = {
  at: number
  kind: string
  org: string
  code: string
  name?: string
  numbers: string[]
  symptom: string
  operator?: string
  technology?: string
  verified?: boolean
  tests?: [number, number]
  text: string
}

export function invented(id: string, country: string, t0: string, lines: Line[]): unknown {
  return {
    schema: 'hotline-drill/1',
    drill_id: id,
    ...{ title: id, title_fr: id, lang: country === 'FR' ? 'fr' : 'en', country, operator_cell: 'any' },
    exercise_marker: 'EXERCICE EXERCICE EXERCICE',
    label: 'INVENTED DRILL',
    clock: { t0_local: t0, t0_meaning: 'arbitrary' },
    ...{ goal: '', reality: {}, benchmarks: {}, reference_rule_results: {}, counts: {} },
    events: lines.map((line, index) => ({
      ...{ seq: index + 1, type: 'report', offset_min: line.at, local_time: t0, channel: 'phone' },
      reporter: { kind: line.kind, org: line.org, verified: line.verified ?? true },
      territory: { code: line.code, name: line.name ?? line.code },
      numbers: line.numbers,
      calling: { operator: line.operator ?? null, technology: line.technology ?? null },
      ...{ site_access: null, symptom: line.symptom, long_number_ok: null, fallback: null },
      tests: line.tests ? { ok: line.tests[0], tried: line.tests[1], window_min: 10 } : null,
      ...{ text: line.text, grounding: 'invented', source: [], noise: null },
    })),
  }
}
