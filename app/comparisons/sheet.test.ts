import { createTranslator } from 'use-intl/core'
import { describe, expect, test } from 'vitest'
import { messagesOf } from '#app/_i18n/messages.ts'
import { sheetPdf } from '#app/_print/sheet.ts'
import { publicAccounts, withOurRules } from './queries.ts'
import { MEANS, STAGES } from './rules/account.ts'
import { comparisonSheet } from './sheet.ts'

const NOW = new Date('2026-11-27T09:00:00Z')
const FIVE = ['fr-2021', 'de-2021', 'uk-2023', 'be-2021', 'us-2018']

describe.each(['fr', 'en'] as const)('the annex of five countries in %s', (locale) => {
  const accounts = publicAccounts().filter(({ id }) => FIVE.includes(id))
  const rules = FIVE.flatMap((id) => withOurRules(id) ?? [])
  const words = createTranslator({
    locale,
    messages: messagesOf(locale) as never,
    namespace: 'comparisons' as never,
  })
  const sheet = comparisonSheet({ accounts, rules, locale, now: NOW, written: 'written' }, words as never)
  const tables = sheet.pieces.flatMap((piece) => (piece.kind === 'table' ? [piece] : []))

  test('holds every stage and every means of each, five side by side, reconstructions apart and said to be so', () => {
    expect(accounts).toHaveLength(5)
    const [stages, rebuilt, means] = tables
    expect(stages?.columns.slice(1).map(({ head }) => head)).toEqual(accounts.map(({ name }) => name[locale]))
    expect(rebuilt?.columns.slice(1).map(({ head }) => head)).toEqual(
      rules.map(({ name }) => words('rules_of' as never, { name: name[locale] } as never)),
    )
    expect([stages?.rows.length, means?.rows.length]).toEqual([STAGES.length, MEANS.length])
    expect(
      tables.flatMap(({ columns, rows }) => rows.filter((row) => row.length !== columns.length)),
    ).toEqual([])
  })

  test('names every source, and is a file', async () => {
    const said = sheet.pieces.flatMap((piece) => (piece.kind === 'P' ? [piece.words] : [])).join('\n')
    const missing = accounts.flatMap(({ sources }) => sources).filter((source) => !said.includes(source))
    expect(missing).toEqual([])
    const pdf = await sheetPdf(sheet)
    expect([pdf.subarray(0, 5).toString(), pdf.length > 20_000]).toEqual(['%PDF-', true])
  })
})
