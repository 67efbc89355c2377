import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { rowId } from '#app/_doors/rules/row-id.ts'
import { ClientWords } from '#app/_i18n/client-words.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { Marker } from '#app/exercises/_parts/marker.tsx'
import { DescriptionList } from '#components/description-list.tsx'
import { Notice } from '#components/notice.tsx'
import { OwnAnswer } from '../_parts/own-answer.tsx'
import { Contradictions, Differences } from '../_parts/side-by-side.tsx'
import { Steps } from '../_parts/steps.tsx'
import { MeterWords } from '../_parts/text-meter.tsx'
import { ToRelay } from '../_parts/to-relay.tsx'
import { PublicText, ScopeWords, StageTag } from '../_parts/words.tsx'
import { readInstruction } from '../queries.ts'
import { isAllClear } from '../rules/stage.ts'
import { textOf } from '../rules/text.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('instructions'))('title') }
}

/** One instruction: its words, what was tried, who agreed, what it cancels; and the one step that is next. */
export default async function InstructionPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('instructions.read')
  const now = new Date(requestTime())
  const id = rowId((await params).id)
  const read = id ? await readInstruction(actor, id) : null
  if (!read) notFound()
  const { one, territory, standing, former } = read
  const [t, all] = [await getTranslations('instructions'), await getTranslations()]
  const cell = may(actor, 'cell.watch')
  return (
    <div className="grid max-w-5xl grid-cols-[minmax(0,1fr)] gap-6">
      <Marker exerciseId={one.exerciseId} />
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">
          {t('number', { number: one.number })} <StageTag stage={standing.stage} />
          <span className="block text-lg font-normal text-soft">
            <ScopeWords one={one} territory={territory} />
          </span>
        </h1>
        <Live cases={[]} events={['instruction.', 'inbox']} />
      </div>
      {standing.lacks && cell && (
        <Notice tone="info" title={t('next_step')}>
          {all(standing.lacks.key, standing.lacks.values)}
        </Notice>
      )}
      <section aria-label={t('preview')} className="grid gap-3">
        <PublicText slots={one.slots} />
        {cell && (
          <ClientWords of={['instructions']}>
            <MeterWords text={textOf(one.slots)} />
          </ClientWords>
        )}
        <DescriptionList
          items={[
            { term: t(isAllClear(one) ? 'all_clear' : 'all_clear_ready'), value: one.allClear },
            { term: t('ends'), value: <Moment at={one.endsAt} now={now} place={one.territoryCode} /> },
            {
              term: t('incident'),
              value: cell && read.incident && (
                <Link href={`/incidents/${read.incident}`} prefetch={false}>
                  {read.incident}
                </Link>
              ),
            },
            { term: t('drafted_by'), value: one.draftedByName },
            {
              term: t('stages.in_force'),
              value: one.inForceAt && (
                <>
                  <Moment at={one.inForceAt} now={now} place={one.territoryCode} /> · {one.inForceByName}
                </>
              ),
            },
            {
              term: t('stages.ended'),
              value: one.endedAt && (
                <>
                  <Moment at={one.endedAt} now={now} place={one.territoryCode} />{' '}
                  {one.endReason && `· ${one.endReason}`}
                </>
              ),
            },
          ]}
        />
      </section>
      <ToRelay one={one} />
      <Contradictions one={one} against={read.against} now={now} />
      {former && <Differences former={former} cancelled={one.state !== 'draft'} />}
      {!cell && <OwnAnswer actor={actor} read={read} now={now} />}
      {cell && <Steps actor={actor} read={read} now={now} />}
      <Marker exerciseId={one.exerciseId} />
    </div>
  )
}
