import { getTranslations } from 'next-intl/server'
import type { Locale } from '#app/_i18n/locale.ts'
import { momentText } from '#app/_i18n/time.ts'
import { MACHINES } from '#app/_journal/machines.ts'
import { heading, type Piece, paragraph, type Sheet } from '#app/_print/sheet.ts'
import { MARKER } from '#app/exercises/rules/marker.ts'
import { chainOf, lineWords } from './line-words.ts'
import { MOST_LINES, type Review } from './queries.ts'
import { delaysOf } from './rules/delays.ts'

/** The after-action file as its page prints it: delays, decisions, who was told, the journal. */
export async function reviewSheet(review: Review, locale: Locale, now: Date): Promise<Sheet> {
  const { one, lines, facts, proposals, told, notices } = review
  const [t, all, kinds] = [
    await getTranslations('reviews'),
    await getTranslations(),
    await getTranslations('sitreps'),
  ]
  const say = await lineWords()
  const title = t('of', { reference: one.reference })
  const marker = one.exerciseId === null ? [] : [paragraph(MARKER, 13, true)]
  // Read on another day than it was written: each hour says its day.
  const at = (when: Date | string | null) =>
    when ? momentText(new Date(when), { now: new Date(0), locale }) : '–'
  const who = (name: string | null) => (MACHINES.has(name ?? '') ? t('lines.machine') : (name ?? '–'))
  const minutes = (value: number | null) =>
    value === null ? t('delays.not_done') : t('delays.minutes', { minutes: value })
  const ruleOf = (rule: string) => {
    const key = `incidents.proposal.rules.${rule}`
    return all.has(key as never) ? all(key as never) : rule
  }
  const noticeOf = (id: number) => {
    const found = notices.find((row) => row.id === id)
    return found ? kinds(`kinds.${found.kind}`, { number: found.number }) : ''
  }
  const table = (caption: string, empty: string, heads: string[], rows: string[][], size = 9): Piece[] => [
    heading(caption),
    rows.length > 0
      ? { kind: 'table', size, columns: heads.map((head) => ({ head })), rows }
      : paragraph(empty),
  ]
  return {
    title,
    locale,
    at: now,
    foot: [title, ...(one.exerciseId === null ? [] : [MARKER])].join(' · '),
    wide: true,
    pieces: [
      ...marker,
      { kind: 'H1', words: title, size: 20, bold: true },
      paragraph(
        [
          `N${one.level}`,
          t(`states.${one.state}`),
          `${t('opened')} ${at(one.openedAt)}`,
          one.restoredAt && `${t('restored')} ${at(one.restoredAt)}`,
          one.closedAt && `${t('closed')} ${at(one.closedAt)}`,
        ]
          .filter(Boolean)
          .join(' · '),
      ),
      paragraph(`${t('written')} ${at(now)} ${t('from_journal')}`),
      ...table(
        t('delays.title'),
        t('delays.none'),
        (['what', 'target', 'worst', 'kept', 'verdict'] as const).map((key) => t(`delays.${key}`)),
        delaysOf(facts).map((row) => [
          t(`delays.keys.${row.key}`),
          minutes(row.targetMin),
          minutes(row.worst),
          `${row.met} / ${row.of}`,
          t(`delays.${row.verdict}`),
        ]),
      ),
      ...table(
        t('proposals.title'),
        t('proposals.none'),
        (['rule', 'at', 'reason', 'decision'] as const).map((key) => t(`proposals.${key}`)),
        proposals.map((row) => [
          ruleOf(row.rule),
          at(row.firedAt),
          all(row.reason.key as never, row.reason.values as never),
          [t(`proposals.${row.state}`), row.decidedAt && `${at(row.decidedAt)} · ${who(row.decidedByName)}`]
            .concat(row.decisionReason ?? [])
            .filter(Boolean)
            .join('\n'),
        ]),
      ),
      ...table(
        t('told.title'),
        t('told.none'),
        (['what', 'who', 'at', 'acknowledged'] as const).map((key) => t(`told.${key}`)),
        told.map((row) => [
          noticeOf(row.noticeId),
          row.organisation ?? '–',
          at(row.toldAt),
          row.acknowledgedAt
            ? `${at(row.acknowledgedAt)} · ${row.acknowledgedByName}`
            : t('told.not_acknowledged'),
        ]),
      ),
      ...table(
        t('lines.title'),
        '–',
        (['what', 'at', 'who', 'text', 'certainty', 'proof'] as const).map((key) => t(`lines.${key}`)),
        lines
          .slice(0, MOST_LINES)
          .map((row) => [
            [say.title(row), row.reference].filter(Boolean).join(' · '),
            at(row.at),
            who(row.actor_name),
            say.text(row),
            row.certainty ? t(`lines.${row.certainty as 'observed'}`) : '–',
            t('lines.place', { chain: t(`lines.chains.${chainOf(row)}`), seq: String(row.seq) }),
          ]),
        8,
      ),
      ...(lines.length > MOST_LINES ? [paragraph(t('lines.cut', { count: MOST_LINES }), 11, true)] : []),
      ...marker,
    ],
  }
}
