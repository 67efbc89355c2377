import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sheetPdf } from '#app/_print/sheet.ts'
import { MARKER } from '#app/exercises/rules/marker.ts'
import type { Picture } from '#app/incidents/picture.ts'
import { bringing, isThere } from '#scripts/testing/parts.ts'
import { sitrepDocument, sitrepText } from './document.ts'
import { sitrepSheet } from './pdf.ts'

const place = (n: number) => ({
  ...{ code: String(n), name: `Département n° ${n}`, numbers: ['15', '112'] },
  ...{ cases: 2, open: 1, passed: 3, tried: 10 },
})
const facts: Picture = {
  asOf: '2026-11-26T10:00:00Z',
  cases: { open: 3, restored: 1, confirmed: 0, closed: 1, total: 5, failing: 2, aside: 1 },
  organisations: 3,
  territories: Array.from({ length: 40 }, (_, n) => place(n + 1)),
  numbers: [
    { number: '15', territories: 2, cases: 4, passed: 3, tried: 10 },
    { number: '112', territories: 1, cases: 1, passed: 0, tried: 0 },
  ],
  networks: [{ technology: 'volte', operator: 'Opérateur Œ', passed: 1, tried: 4 }],
  fallbacks: [],
}
const issued = {
  kind: 'situation_report' as const,
  number: 3,
  asOf: new Date('2026-11-26T10:00:00Z'),
  nextAt: new Date('2026-11-26T10:30:00Z'),
  issuedAt: new Date('2026-11-26T10:05:00Z'),
  issuedByName: 'Clara Essai',
  exerciseId: null,
  body: {
    ...{
      facts,
      incident: 'INC-2026-000001-1',
      text: 'Le 15 ne passe plus : « cœur » de réseau, 1 000 appels.',
    },
    ...{
      causeStatus: 'supposed' as const,
      cause: 'Table d’acheminement',
      action: 'Retour arrière…\nEssais ensuite',
    },
  },
}
const words = (text: string) => text.replace(/[\u00a0\u202f\s]+/g, ' ')

describe.each(['fr', 'en'] as const)('a report in %s', (locale) => {
  test('says in plain text all that its page says, in the order of the page', () => {
    const document = sitrepDocument(issued, 'Annexe du Nord', locale)
    const text = words(sitrepText(document))
    const said = [
      document.title,
      'Le 15 ne passe plus',
      document.facts?.as_of ?? '',
      document.facts?.sum ?? '',
      ...(document.facts?.tables ?? []).flatMap(({ caption, rows }) => [
        caption,
        ...rows.flatMap(({ cells }) => cells[0] ?? ''),
      ]),
      ...document.items.flatMap(({ term, words: said }) => [term, said]),
      'Annexe du Nord',
    ].map(words)
    let from = 0
    for (const one of said) {
      const at = text.indexOf(one, from)
      expect([one, at >= from]).toEqual([one, true])
      from = at
    }
  })

  test('its hours say their day, wherever they are read', () => {
    const { facts: shown, items } = sitrepDocument(issued, null, locale)
    expect(shown?.as_of).toMatch(/26.*26.*(heure de Paris|Paris time)$/)
    expect(items.at(-1)?.words).toMatch(/Clara Essai.*26/)
  })
})

test('of an exercise it begins and ends with its marker', () => {
  const text = sitrepText(sitrepDocument({ ...issued, exerciseId: 7 }, null, 'fr'))
  expect([text.startsWith(MARKER), text.endsWith(MARKER)]).toEqual([true, true])
})

const MISSING = isThere('poppler') ? null : `left out: ${bringing('poppler')}`

// Left out where Debian's poppler-utils is not installed; npm test says so and what brings it.
describe.skipIf(MISSING)(`its file, read by poppler ${MISSING ?? ''}`, () => {
  const read = async (tool: 'pdftotext' | 'pdfinfo', args: string[] = []) => {
    const folder = mkdtempSync(join(tmpdir(), 'report-'))
    const path = join(folder, 'report.pdf')
    writeFileSync(path, await sheetPdf(sitrepSheet(sitrepDocument(issued, 'Annexe du Nord', 'fr'))))
    const { stdout, stderr, status } = spawnSync(tool, [
      ...args,
      path,
      ...(tool === 'pdftotext' ? ['-'] : []),
    ])
    rmSync(folder, { recursive: true })
    // The package writes the colour of a border as an array, which is what the standard asks; poppler wants it otherwise.
    const complaints = String(stderr).replace(
      /^.*Attribute BorderColor value is of wrong type \(array\)\n/gm,
      '',
    )
    expect([complaints, status]).toEqual(['', 0])
    return String(stdout)
  }

  test('holds every word of the text, accents and all', async () => {
    const shown = words(await read('pdftotext', ['-layout'])).replace(/ /g, '')
    const text = sitrepText(sitrepDocument(issued, 'Annexe du Nord', 'fr'))
    const missing = text
      .split(/\s+/)
      .map((word) => word.replace(/[\u00a0\u202f]/g, ''))
      // How the plain text writes a row is its own.
      .filter((word) => word && !/^[-;]$/.test(word) && !shown.toLowerCase().includes(word.toLowerCase()))
    expect(missing).toEqual([])
  })

  test('says its title and its language, is tagged, and numbers its pages', async () => {
    const info = await read('pdfinfo')
    expect(info).toMatch(/Title:\s+Point de situation n°.3 – INC-2026-000001-1/)
    expect(info).toMatch(/Tagged:\s+yes/)
    expect(await read('pdftotext')).toMatch(/1 \/ 2[\s\S]*2 \/ 2/)
    const structure = await read('pdfinfo', ['-struct-text'])
    for (const tag of ['H1', 'H2', 'Table', 'TR', 'TH', 'TD'])
      expect(structure).toMatch(new RegExp(`^\\s*${tag}\\b`, 'm'))
  })
})
