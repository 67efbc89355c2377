import { heading, type Piece, paragraph, type Sheet, shown } from '#app/_print/sheet.ts'
import { titleOf } from './chosen.ts'
import {
  type Account,
  type At,
  lastMinuteOf,
  MEANS,
  marksUpTo,
  placeOnAxis,
  STAGES,
} from './rules/account.ts'

type Words = (key: never, values?: never) => string
type Compared = { accounts: Account[]; rules: Account[]; locale: 'fr' | 'en'; now: Date; written: string }

/** Columns that can still be read side by side on a sheet. */
const SIDE_BY_SIDE = 5
const LINE = 34

/** The comparison as an annex: the picture, its table, what each had, the sources. */
export function comparisonSheet({ accounts, rules, locale, now, written }: Compared, words: Words): Sheet {
  const t = words as (key: string, values?: Record<string, string | number>) => string
  const every = [...accounts, ...rules]
  const title = (account: Account) => titleOf(account, locale, t)
  const columns = (head: string, some: Account[]) => [
    { head, width: 120 },
    ...some.map((one) => ({ head: title(one) })),
  ]
  const said = ({ minutes, doubtful, said: more }: At) => {
    const minute =
      minutes === null
        ? t('not_known')
        : t('minute', { minutes, hours: Math.floor(minutes / 60), rest: minutes % 60 })
    return [doubtful ? `${minute} ${t('doubtful')}` : minute, more?.[locale]].filter(Boolean).join('\n')
  }
  const had = accounts.filter(({ means }) => means)
  return {
    title: t('title'),
    locale,
    at: now,
    foot: [t('title'), accounts.map(title).join(', ')].join(' · ').slice(0, 110),
    wide: true,
    pieces: [
      { kind: 'H1', words: t('title'), size: 20, bold: true },
      paragraph(written),
      ...(rules.length > 0 ? [paragraph(t('rules_text'), 11, true)] : []),
      axis(every, title, t),
      heading(t('table')),
      ...apart(every).map(
        (some): Piece => ({
          kind: 'table',
          size: 9,
          columns: columns(t('stage'), some),
          rows: STAGES.map((stage, rank) => [
            `${rank + 1}. ${t(`stages.${stage}`)}`,
            ...some.map((one) => said(one.stages[stage])),
          ]),
        }),
      ),
      heading(t('means')),
      ...apart(had).map(
        (some): Piece => ({
          kind: 'table',
          size: 9,
          columns: columns(t('mean'), some),
          rows: MEANS.map((mean) => [
            t(`had_what.${mean}`),
            ...some.map(({ means }) => {
              const what = means?.[mean]
              return what ? [t(`had.${what.had}`), what.said?.[locale]].filter(Boolean).join('. ') : '–'
            }),
          ]),
        }),
      ),
      heading(t('sources')),
      ...accounts.flatMap((one) => [
        paragraph(title(one), 10, true),
        paragraph(one.kind === 'ours' ? t('journal') : one.sources.join('\n'), 9),
      ]),
    ],
  }
}

function apart<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / SIDE_BY_SIDE) }, (_, n) =>
    list.slice(n * SIDE_BY_SIDE, (n + 1) * SIDE_BY_SIDE),
  )
}

/** Each loss on its line, its stages as numbered marks; a reconstruction on a dashed one. */
function axis(accounts: Account[], title: (one: Account) => string, t: (key: string) => string): Piece {
  const last = lastMinuteOf(accounts)
  return {
    kind: 'picture',
    alt: t('picture'),
    height: accounts.length * LINE + 34,
    draw(pdf, width) {
      const left = (minutes: number) => 8 + placeOnAxis(minutes, last) * (width - 16)
      const text = (words: string, x: number, y: number, size: number) =>
        pdf.fontSize(size).text(shown(words), x, y, { lineBreak: false })
      for (const [row, account] of accounts.entries()) {
        const y = row * LINE + 28
        pdf.font('bold')
        text(title(account), 0, y - 26, 9)
        if (account.kind === 'reconstruction') pdf.dash(4, { space: 3 })
        pdf.moveTo(0, y).lineTo(width, y).lineWidth(1).stroke('#444').undash().font('text')
        for (const [rank, stage] of STAGES.entries()) {
          const { minutes, doubtful } = account.stages[stage]
          if (minutes === null) continue
          const [x, up] = [left(minutes), y + (rank % 2 ? -6 : 6)]
          pdf.circle(x, up, 6).fillAndStroke(doubtful ? '#fff' : '#1d3f72', '#1d3f72')
          pdf.fillColor(doubtful ? '#1d3f72' : '#fff')
          text(String(rank + 1), x - 2, up - 4, 7)
          pdf.fillColor('#000')
        }
      }
      for (const minute of marksUpTo(last))
        text(minute < 60 ? `${minute}` : `${minute / 60} h`, left(minute) - 6, accounts.length * LINE + 8, 8)
    },
  }
}
