import { globSync, readFileSync } from 'node:fs'
import { compile } from 'tailwindcss'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--color-([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)].map(
    ([, name = '', day = '', night = '']) => [name, { day, night }],
  ),
)

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [x = 0, y = 0] = [luminance(a), luminance(b)].sort((p, q) => q - p)
  return (x + 0.05) / (y + 0.05)
}

const GROUNDS = ['surface', 'raised', 'sunken', 'hover']
const on = (grounds: string[], ...inks: string[]) =>
  inks.flatMap((ink) => grounds.map((g) => [ink, g] as const))

/** WCAG 2.2, 1.4.3: text. */
const TEXT = [
  ...on(GROUNDS, 'ink', 'soft', 'accent', 'accent-hover', 'danger', 'warn', 'ok', 'info'),
  ...on(['accent-soft'], 'ink', 'soft', 'accent'),
  ...on(['danger-soft'], 'ink', 'soft', 'danger'),
  ...on(['warn-soft'], 'ink', 'soft', 'warn'),
  ...on(['ok-soft'], 'ink', 'soft', 'ok'),
  ...on(['info-soft'], 'ink', 'soft', 'info'),
  ...on(['accent', 'accent-hover'], 'on-accent'),
  ...on(['danger-solid'], 'on-danger'),
  ...on(['bar', 'bar-hover'], 'on-bar', 'bar-soft'),
  ...on(['exercise'], 'on-exercise'),
  ...['n1', 'n2', 'n3', 'n4'].map((n) => [`on-level-${n}`, `level-${n}`] as const),
]

/** WCAG 2.2, 1.4.11: edges of what can be touched, the focus ring, the mark. */
const SHAPES = [
  ...on(GROUNDS, 'edge', 'focus'),
  ...on(['surface', 'raised'], 'level-n3', 'level-n4'),
  ...on(['bar'], 'bar-focus', 'bar-mark', 'bar-line'),
]

describe('the contrast of the theme', () => {
  it('has read its tokens', () => {
    expect(tokens.size).toBeGreaterThan(35)
  })

  const cases = [
    ...TEXT.map(([ink, ground]) => ({ ink, ground, least: 4.5 })),
    ...SHAPES.map(([ink, ground]) => ({ ink, ground, least: 3 })),
  ]
  it.each(cases)('$ink on $ground is at least $least', ({ ink, ground, least }) => {
    for (const theme of ['day', 'night'] as const) {
      const [a, b] = [tokens.get(ink)?.[theme] ?? '', tokens.get(ground)?.[theme] ?? '']
      expect(contrast(a, b), `${theme}: ${a} on ${b}`).toBeGreaterThanOrEqual(least)
    }
  })

  it('sees a pair that is too weak (counter-proof)', () => {
    expect(contrast('#777777', '#888888')).toBeLessThan(3)
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  })
})

/** A class that names no colour or shadow of the theme draws nothing: the words stand on whatever is behind them. */
describe('the classes of colour and shadow', () => {
  const LOOKS = /^(?:bg|text|border(?:-[lrtbxy])?|shadow|outline|fill|stroke|divide)-[a-z][\w-]*$/
  const defaults = readFileSync(new URL('../node_modules/tailwindcss/theme.css', import.meta.url), 'utf8')
  const withoutVariants = (word: string) => word.slice(word.lastIndexOf(':') + 1).replace(/!$/, '')

  async function unknown(classes: readonly string[]): Promise<string[]> {
    const { build } = await compile(`${defaults}${css}@tailwind utilities;`)
    const written = build([...classes])
    return classes.filter((one) => !written.includes(`.${one} {`))
  }

  it('are all drawn', async () => {
    const root = new URL('..', import.meta.url).pathname
    const texts = globSync('{app,components}/**/*.tsx', { cwd: root }).map((path) =>
      readFileSync(`${root}${path}`, 'utf8'),
    )
    const words = texts
      .flatMap((text) => [...text.matchAll(/(["'`])([^"'`\n]*)\1/g)])
      .flatMap(([, , quoted = '']) => quoted.split(/\s+/).map(withoutVariants))
    const classes = [...new Set(words.filter((word) => LOOKS.test(word)))]
    expect(classes.length).toBeGreaterThan(100)
    expect(await unknown(classes)).toEqual([])
  })

  it('are told when they are not (counter-proof)', async () => {
    expect(await unknown(['bg-raised', 'bg-page', 'shadow-over'])).toEqual(['bg-page'])
  })
})
