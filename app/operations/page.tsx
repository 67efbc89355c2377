import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime } from '#app/_auth/session.ts'
import { hourText, PARIS } from '#app/_i18n/time.ts'
import { readHotline } from '#app/_shell/hotline.ts'
import { LinkButton } from '#components/button.tsx'
import { Notice, type NoticeTone } from '#components/notice.tsx'
import { PhoneNumberLarge } from '#components/phone-number-large.tsx'
import { actorIfTold } from './asking.ts'
import { FiguresOf } from './figures.tsx'
import { type Health, readHealth } from './health.ts'
import { readFigures } from './queries.ts'

type Asked = Record<string, string | string[] | undefined>

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operations'))('title') }
}

/** Whether it works, for anybody; why not and what to do, for the cell. It must stand when the database does not. */
export default async function OperationsPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const now = new Date(requestTime())
  const health = await readHealth()
  const actor = health.database === 'unreachable' ? null : await actorIfTold()
  const figures = actor && may(actor, 'operations.read') ? await readFigures(actor) : null
  const retried = figures && Number(/^\d{1,6}$/.exec(String((await searchParams).retried))?.[0] ?? 0)
  const t = await getTranslations('operations')
  const locale = (await getLocale()) === 'en' ? 'en' : 'fr'

  return (
    <div className="grid gap-6">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h1 className="text-3xl">{t('title')}</h1>
        <p className="flex flex-wrap items-center gap-x-4 text-soft">
          {t('public.read_at', { time: hourText(now, locale, PARIS) })}
          <LinkButton href="/operations" size="dense">
            {t('public.again')}
          </LinkButton>
        </p>
      </div>
      {retried ? (
        <Notice tone="ok" live>
          {t('done.retried', { count: retried })}
        </Notice>
      ) : null}
      {actor && figures ? (
        <FiguresOf
          figures={figures}
          writes={health.database}
          lead={may(actor, 'operations.retry')}
          now={now}
        />
      ) : (
        <ForAnybody health={health} />
      )}
    </div>
  )
}

/** Sentences for a reporter: may I send, and if not, what then. */
async function ForAnybody({ health }: { health: Health }) {
  const t = await getTranslations('operations')
  const shell = await getTranslations('shell')
  const line = await readHotline()
  const state = stateOf(health)
  return (
    <div className="grid max-w-3xl gap-6">
      <Notice tone={TONES[state]} title={t(`public.${state}`)}>
        {t(`public.${state}_text`)}
      </Notice>
      {health.database !== 'ok' && (
        <Notice tone="info" title={t(`finding.${health.database}.title`)}>
          {t(`finding.${health.database}.do`)}
        </Notice>
      )}
      <PhoneNumberLarge
        label={t('public.call')}
        display={line.display}
        href={line.href}
        action={shell('hotlineCall', { number: line.display })}
      />
      <p className="text-sm text-soft">
        {t.rich('public.for_machines', { code: (words) => <code className="font-mono">{words}</code> })}
      </p>
    </div>
  )
}

type State = 'ok' | 'database' | 'worker' | 'clocks'

const TONES: Record<State, NoticeTone> = { ok: 'ok', database: 'danger', worker: 'warn', clocks: 'warn' }

function stateOf({ database, worker, late }: Health): State {
  if (database !== 'ok') return 'database'
  if (worker !== 'ok') return 'worker'
  return late.length > 0 ? 'clocks' : 'ok'
}
