import { getTranslations } from 'next-intl/server'
import { DataTable } from '#components/data-table.tsx'
import type { Milestone } from '../rules/reality.ts'
import type { Knew, Told } from '../rules/who-knew.ts'
import { signed } from './minute.ts'

/** At which minute each authority, each service and the public were told, beside what is published of the real day. */
export async function WhoKnew({ knew }: { knew: Knew[] }) {
  const t = await getTranslations('drills')
  const parties = await getTranslations('told.parties')
  const at = (minute: number) => t('minute', { minute: signed(minute) })
  const real = knew.some(({ truth }) => truth.length > 0)
  return (
    <section className="grid gap-3">
      <h2 className="text-xl">{t('knew.title')}</h2>
      <p className="max-w-[65ch] text-soft">{t('knew.explain')}</p>
      <DataTable
        caption={t('knew.title')}
        rows={knew}
        rowKey={({ party }) => party}
        columns={[
          { key: 'who', head: t('knew.who'), rowHead: true, cell: ({ party }) => parties(party) },
          { key: 'told', head: t('knew.told'), cell: ({ told }) => <EachTold told={told} /> },
          {
            key: 'ack',
            head: t('knew.acknowledged'),
            cell: ({ told }) => {
              const heard = told.flatMap(({ acknowledged }) => acknowledged ?? [])
              return heard.length === 0
                ? '–'
                : t('knew.acknowledged_by', { count: heard.length, last: at(Math.max(...heard)) })
            },
          },
          ...(real
            ? [{ key: 'then', head: t('truth.then'), cell: ({ truth }: Knew) => <InTruth truth={truth} /> }]
            : []),
        ]}
      />
    </section>
  )
}

async function EachTold({ told }: { told: Told[] }) {
  const t = await getTranslations('drills')
  const [first, last] = [told[0], told.at(-1)]
  if (!first || !last) return t('figures.never')
  const at = (minute: number) => t('minute', { minute: signed(minute) })
  const how = (one: Told) => t(`knew.how.${one.how}`)
  if (first.name === null || told.length === 1)
    return (
      <>
        <strong>{at(first.minute)}</strong> {first.name ?? ''} {how(first)}
      </>
    )
  return (
    <details>
      <summary className="min-h-9 coarse:min-h-11">
        {t('knew.from_to', { count: told.length, first: at(first.minute), last: at(last.minute) })}
      </summary>
      <ul className="grid gap-0.5 text-sm">
        {told.map((one) => (
          <li key={one.name}>
            <strong className="tabular-nums">{at(one.minute)}</strong> {one.name}{' '}
            <span className="text-soft">{how(one)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

async function InTruth({ truth }: { truth: Milestone[] }) {
  const t = await getTranslations('drills')
  if (truth.length === 0) return <span className="text-soft">{t('truth.unpublished')}</span>
  return (
    <ul className="grid gap-1">
      {truth.map(({ key, offsetMin, at, sources }) => (
        <li key={key}>
          {offsetMin !== null && <strong>{t('minute', { minute: signed(offsetMin) })}</strong>}{' '}
          {t.has(`truth.keys.${key}` as never) ? (
            t(`truth.keys.${key}` as never)
          ) : (
            <span lang="en">{key.replaceAll('_', ' ')}</span>
          )}
          {at && <span className="text-soft"> ({at})</span>}
          <span className="block text-sm wrap-anywhere text-soft">
            {t('knew.source', { count: sources.length, sources: sources.join(' ; ') })}
          </span>
        </li>
      ))}
    </ul>
  )
}
