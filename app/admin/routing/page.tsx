import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { readChoices } from '#app/directory/queries.ts'
import { Notice } from '#components/notice.tsx'
import { type Asked, one } from '../asked.ts'
import { AdminHead } from '../head.tsx'
import { cellPeople } from '../queries.ts'
import { listRules, listTeams } from './queries.ts'
import { RulesTable } from './rules-table.tsx'
import { TryOut } from './try-out.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('routing'))('title') }
}

const DONE = ['made', 'deleted'] as const

/** The rules in their order, and which of them would take a given report. */
export default async function RoutingPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor('routing.keep')
  const asked = await searchParams
  const [rules, teams, people] = [await listRules(actor), await listTeams(actor), await cellPeople(actor)]
  const { territories, numbers } = await readChoices(actor)
  const general = teams.find((team) => team.general)
  const done = DONE.find((what) => what === one(asked, 'done'))
  const t = await getTranslations('routing')

  return (
    <div className="grid gap-8">
      <AdminHead title={t('title')} at="/routing" add={t('new')} />
      {done && (
        <Notice tone="ok" live>
          {t(`done.${done}`)}
        </Notice>
      )}
      <section className="grid gap-4">
        <p className="max-w-[75ch] text-soft">{t('how')}</p>
        <RulesTable rules={rules} people={people} territories={territories} />
        <p className="max-w-[75ch] border-l-4 border-edge bg-sunken px-3 py-2">
          {t.rich('otherwise', {
            team: general?.name ?? t('general'),
            b: (words) => <strong>{words}</strong>,
          })}
        </p>
      </section>
      <TryOut
        actor={actor}
        asked={asked}
        rules={rules}
        teams={teams}
        people={people}
        territories={territories}
        numbers={numbers}
      />
    </div>
  )
}
