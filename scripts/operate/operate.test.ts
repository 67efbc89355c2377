import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { FIGURES } from '#app/metrics/text.ts'

it.each(['alerts.yml', 'grafana-board.json'])(
  '%s asks for figures that there are, and for most of them',
  (name) => {
    const text = readFileSync(`scripts/operate/${name}`, 'utf8')
    const asked = new Set([...text.matchAll(/permanence_([a-z_]+)/g)].map(([, figure = '']) => figure))
    expect([...asked].filter((figure) => !(figure in FIGURES))).toEqual([])
    expect(asked.size).toBeGreaterThan(6)
  },
)
