import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { durationBetween } from '#app/_i18n/time.ts'
import { DataTable } from '#components/data-table.tsx'
import { Tag, type Tone } from '#components/tag.tsx'
import type { SupervisedCell } from './queries.ts'
import { type CellProof, cellProof, worseFirst } from './rules/cell-proof.ts'

/** Territory × number, the worst first: the age of the last proof, its rate, and what people report beside it. */
export async function CellTable({ cells, now }: { cells: SupervisedCell[]; now: Date }) {
  const [t, locale] = [await getTranslations('supervision'), await getLocale()]
  const rows = cells
    .map((cell) => ({ ...cell, proof: proofOf(cell, now) }))
    .sort((a, b) => worseFirst(a.proof, b.proof))
  return (
    <DataTable
      caption={t('cells.caption')}
      rows={rows}
      rowKey={(row) => `${row.territory}-${row.number}`}
      rowProps={(row) => ({
        'data-cell': `${row.territory}-${row.number}`,
        ...(ACCENTS[row.proof] ? { 'data-accent': ACCENTS[row.proof] } : {}),
      })}
      dense
      columns={[
        {
          key: 'where',
          head: t('cells.where'),
          rowHead: true,
          cell: (row) => (
            <Link href={`/supervision/${row.territory}/${row.number}`} prefetch={false}>
              {row.number} · {row.territoryName} ({row.territory})
            </Link>
          ),
        },
        {
          key: 'says',
          head: t('cells.says'),
          cell: (row) => <Tag tone={PROOF_TONES[row.proof]}>{t(`proof.${row.proof}`)}</Tag>,
        },
        {
          key: 'age',
          head: t('cells.age'),
          cell: (row) =>
            row.lastAt ? (
              <span>
                {durationBetween(new Date(row.lastAt), now, locale)}{' '}
                <span className="text-soft">
                  (<Moment at={new Date(row.lastAt)} now={now} />)
                </span>
              </span>
            ) : (
              t('never')
            ),
        },
        {
          key: 'rate',
          head: t('cells.rate'),
          numeric: true,
          cell: (row) => (row.tried > 0 ? `${row.passed}/${row.tried}` : '–'),
        },
        { key: 'probes', head: t('cells.probes'), numeric: true, cell: (row) => row.probes },
        {
          key: 'reports',
          head: t('cells.reports'),
          cell: (row) =>
            row.reports > 0 ? (
              <a href={`/cases?territory=${row.territory}&number=${row.number}`}>
                {t('cells.cases', { count: row.reports })}
              </a>
            ) : (
              '–'
            ),
        },
        {
          key: 'works',
          head: t('cells.works'),
          cell: (row) => (row.works > 0 ? t('cells.works_now', { count: row.works }) : '–'),
        },
      ]}
    />
  )
}

function proofOf(cell: SupervisedCell, now: Date): CellProof {
  return cellProof({ ...cell, lastAt: cell.lastAt === null ? null : Date.parse(cell.lastAt) }, now.getTime())
}

export const PROOF_TONES: Record<CellProof, Tone> = {
  failing: 'danger',
  partly: 'warn',
  contradicted: 'warn',
  stale: 'neutral',
  never: 'neutral',
  proved: 'ok',
}
const ACCENTS: Partial<Record<CellProof, 'danger' | 'warn'>> = {
  failing: 'danger',
  partly: 'warn',
  contradicted: 'warn',
}
