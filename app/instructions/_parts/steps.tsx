import { getTranslations } from 'next-intl/server'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import { NetworkTests } from '#app/cases/_parts/network-tests.tsx'
import { Button } from '#components/button.tsx'
import { endAction, forceAction, reviseAction, testAction, withdrawAction } from '../actions.ts'
import type { InstructionRead } from '../queries.ts'
import { NETWORKS_NEEDED } from '../rules/stage.ts'
import { AskedTable, AskForm } from './asked.tsx'
import { SlotFields } from './slots-form.tsx'

type Of = { actor: AccountActor; read: InstructionRead; now: Date }

/** The way from draft to force, in its order: tried, agreed, validated, in force; then its end. */
export async function Steps({ actor, read, now }: Of) {
  const t = await getTranslations('instructions')
  const { one, standing } = read
  const draft = one.state === 'draft' && may(actor, 'instructions.write')
  return (
    <>
      {(draft || read.tests.length > 0) && (
        <NetworkTests
          tests={read.tests}
          needed={NETWORKS_NEEDED}
          log={draft ? { action: testAction, of: 'instructionId', id: one.id } : null}
          now={now}
        />
      )}
      {(draft || read.asked.length > 0) && (
        <section className="grid gap-4" aria-labelledby="agreed">
          <h2 id="agreed" className="text-2xl">
            {t('agreements')}
          </h2>
          {read.asked.length > 0 && <AskedTable actor={actor} read={read} now={now} />}
          {draft && standing.stage !== 'drafted' && <AskForm read={read} />}
        </section>
      )}
      {standing.stage === 'validated' && may(actor, 'instructions.decide') && (
        <DoorForm action={forceAction} name={`force-${one.id}`}>
          <input type="hidden" name="instructionId" value={one.id} />
          <input type="hidden" name="version" value={one.version} />
          <Button kind="primary" size="large">
            {read.former ? t('force_cancel', { number: read.former.number }) : t('force')}
          </Button>
        </DoorForm>
      )}
      {one.state === 'in_force' && may(actor, 'instructions.decide') && (
        <DoorForm
          action={endAction}
          name={`end-${one.id}`}
          className="grid gap-3 sm:grid-cols-[minmax(0,28rem)_auto] sm:items-end sm:justify-start"
        >
          <input type="hidden" name="instructionId" value={one.id} />
          <input type="hidden" name="version" value={one.version} />
          <FormText name="reason" label={t('end_reason')} required />
          <Button kind="danger">{t('end')}</Button>
        </DoorForm>
      )}
      {draft && (
        <details className="rounded-m border border-line p-3">
          <summary className="font-semibold">{t('revise')}</summary>
          <p className="mt-1 text-soft">{t('revise_explain')}</p>
          <DoorForm action={reviseAction} name={`revise-${one.id}`} className="mt-3 grid gap-5">
            <input type="hidden" name="instructionId" value={one.id} />
            <input type="hidden" name="version" value={one.version} />
            <SlotFields slots={one.slots} allClear={one.allClear} endsAt={one.endsAt} />
            <div>
              <Button kind="primary">{t('save_draft')}</Button>
            </div>
          </DoorForm>
          <DoorForm
            action={withdrawAction}
            name={`withdraw-${one.id}`}
            className="mt-6 grid gap-3 border-t border-line pt-4 sm:grid-cols-[minmax(0,28rem)_auto] sm:items-end sm:justify-start"
          >
            <input type="hidden" name="instructionId" value={one.id} />
            <input type="hidden" name="version" value={one.version} />
            <FormText id={`withdraw-reason-${one.id}`} name="reason" label={t('withdraw_reason')} required />
            <Button>{t('withdraw')}</Button>
          </DoorForm>
        </details>
      )}
    </>
  )
}
