import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { requestTime } from '#app/_auth/session.ts'
import { say } from '#app/_doors/say.ts'
import { Notice } from '#components/notice.tsx'
import type { Level } from '#db/schema/cases.ts'
import { type Asked, one } from '../asked.ts'
import type { Territory } from '../organisations/territories.ts'
import { tryOut } from '../rules/try-out.ts'
import { conditionWords, kindWord, REPORTER_KINDS } from './conditions.ts'
import { Considered } from './considered.tsx'
import { findPlace, type ListedRule, onDutyNow } from './queries.ts'
import type { Person } from './rules-table.tsx'
import { TryForm } from './try-form.tsx'

type Props = {
  actor: AccountActor
  asked: Asked
  rules: ListedRule[]
  teams: { id: number; name: string; general: boolean }[]
  people: Person[]
  territories: Territory[]
  numbers: { number: string }[]
}

/** “Which rule would take this report?” The address holds the question: it can be sent to a colleague. */
export async function TryOut(props: Props) {
  const { asked, numbers } = props
  const t = await getTranslations('routing')
  const wanted = {
    place: one(asked, 'place'),
    communeCode: one(asked, 'commune'),
    numbers: [asked.number ?? []].flat().filter((number) => numbers.some((known) => known.number === number)),
    level: Number(/^[1-4]$/.exec(one(asked, 'level'))?.[0] ?? 2) as Level,
    kind: REPORTER_KINDS.find((kind) => kind === one(asked, 'kind')) ?? 'samu',
  }
  const tried = wanted.place !== '' || wanted.communeCode !== ''
  const place = tried ? await findPlace(props.actor, wanted) : null
  const fault = place && 'key' in place ? (await say(place)).text : null
  return (
    <section id="try" aria-labelledby="try-title" className="grid gap-4 border-t border-line pt-6">
      <h2 id="try-title" className="text-xl">
        {t('try.title')}
      </h2>
      <p className="max-w-[75ch] text-soft">{t('try.how')}</p>
      <TryForm
        wanted={wanted}
        fault={fault}
        shown={
          place && 'code' in place
            ? place.commune
              ? `${place.commune.name} (${place.commune.code})`
              : place.name
            : wanted.place
        }
        numbers={numbers.map(({ number }) => ({ value: number, label: number }))}
      />
      {place && 'code' in place && <Answer {...props} wanted={wanted} place={place} />}
    </section>
  )
}

type Wanted = { numbers: string[]; level: Level; kind: string }
type Place = { code: string; name: string; commune: { name: string } | null; holding: string[] }

async function Answer({
  actor,
  rules,
  teams,
  people,
  territories,
  wanted,
  place,
}: Props & { wanted: Wanted; place: Place }) {
  const t = await getTranslations('routing')
  const [kind, words] = [await kindWord(), await getTranslations('vocabulary')]
  const general = teams.find((team) => team.general)
  const facts = {
    territories: place.holding,
    numbers: wanted.numbers,
    level: wanted.level,
    reporterKind: wanted.kind,
  }
  const onDuty = await onDutyNow(actor, new Date(requestTime()))
  const { verdict, considered } = tryOut(facts, rules, general?.id ?? 0, onDuty)
  const team = teams.find((one) => one.id === verdict.teamId)?.name ?? t('general')
  const person = people.find((one) => one.id === verdict.assigneeId)?.name
  const about = t('try.about', {
    place: place.commune
      ? `${place.commune.name}, ${place.name} (${place.code})`
      : `${place.name} (${place.code})`,
    numbers: wanted.numbers.length > 0 ? wanted.numbers.join(', ') : t('try.no_number'),
    level: words(`levelShort.${wanted.level}`),
    kind: kind(wanted.kind),
  })
  return (
    <div className="grid gap-4">
      <Notice
        tone={verdict.rule ? 'ok' : 'info'}
        title={verdict.rule ? t('try.taken', { rule: verdict.rule.name }) : t('try.not_taken')}
      >
        <p>{person ? t('try.to_person', { team, person }) : t('try.to_team', { team })}</p>
        <p className="text-soft">{about}</p>
      </Notice>
      <Considered considered={considered} when={await conditionWords(territories)} />
    </div>
  )
}
