import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea, FormBoxes, FormRadios, FormSelect, FormText } from '#app/_doors/fields.tsx'
import { localField, PARIS } from '#app/_i18n/time.ts'
import { LEVEL_CLOCK } from '#app/cases/rules/deadlines.ts'
import { isOpen } from '#app/cases/rules/states.ts'
import { Button } from '#components/button.tsx'
import { CAUSES } from '#db/reference/vocabulary.ts'
import { LEVELS } from '#db/schema/cases.ts'
import { attachAction, levelAction, residualsAction, stateAction, updateAction } from '../actions.ts'
import type { IncidentPage } from '../queries.ts'
import { mayBecome, movesFrom } from '../rules/lifecycle.ts'

export function Fold({ title, open, children }: { title: ReactNode; open?: boolean; children: ReactNode }) {
  return (
    <details open={open} className="rounded-m border border-line bg-raised px-3 py-1">
      <summary className="flex min-h-11 cursor-pointer items-center text-lg font-semibold">{title}</summary>
      <div className="pb-3">{children}</div>
    </details>
  )
}

/** One text, one reporter at a time: none sees who the others are. */
export async function UpdateForm({ page, now }: { page: IncidentPage; now: Date }) {
  const t = await getTranslations('incidents')
  const open = page.attached.filter((one) => isOpen(one.state))
  const waiting = open.filter((one) => one.state === 'received').length
  const usual = new Date(now.getTime() + LEVEL_CLOCK[page.level].updateMin * 60_000)
  return (
    <Fold title={t('form.update')} open>
      <DoorForm action={updateAction} name="incident-update" className="grid gap-3">
        <input type="hidden" name="incident" value={page.reference} />
        <p className="text-sm text-soft">{t('form.update_hint', { open: open.length - waiting, waiting })}</p>
        <FormArea name="text" id="update-text" label={t('form.update_text')} required rows={3} />
        <FormText
          name={`nextContactAt@${PARIS}`}
          id="update-next"
          type="datetime-local"
          label={t('form.update_next')}
          hint={t('form.update_next_hint')}
          required
          {...localField(usual)}
        />
        <div>
          <Button kind="primary">{t('form.update_send')}</Button>
        </div>
      </DoorForm>
    </Fold>
  )
}

/** Only the moves that the rule allows; the others stand below with their reason. */
export async function StateForm({ page }: { page: IncidentPage }) {
  const [t, causes, all] = [
    await getTranslations('incidents'),
    await getTranslations('causes'),
    await getTranslations(),
  ]
  const attached = page.attached.map((one) => ({
    id: one.id,
    reference: one.reference,
    open: isOpen(one.state),
    takenOverBy: one.takenById,
  }))
  const moves = movesFrom(page.state).map((to) => ({
    to,
    verdict: mayBecome(page.state, to, attached, page.residualsListed),
  }))
  const allowed = moves.filter(({ verdict }) => verdict.allowed)
  return (
    <Fold title={t('form.state')}>
      {allowed.length > 0 && (
        <DoorForm action={stateAction} name="incident-state" className="grid gap-3">
          <input type="hidden" name="incident" value={page.reference} />
          <input type="hidden" name="version" value={page.version} />
          <FormRadios
            name="to"
            label={t('form.to')}
            options={allowed.map(({ to }) => ({
              value: to,
              label: t(`form.move.${to}`),
              hint: t(`form.move_hint.${to}`),
            }))}
          />
          <FormArea
            name="text"
            id="state-text"
            label={t('form.text')}
            hint={t('form.text_hint')}
            required
            rows={3}
          />
          <FormSelect
            name="cause"
            id="state-cause"
            label={t('form.cause')}
            empty={t('form.cause_empty')}
            defaultValue={page.cause ?? ''}
            options={CAUSES.map((one) => ({ value: one, label: causes(one) }))}
          />
          <div>
            <Button kind="primary">{t('form.state_send')}</Button>
          </div>
        </DoorForm>
      )}
      {moves.map(
        ({ to, verdict }) =>
          !verdict.allowed && (
            <p key={to} className="mt-2 text-soft">
              <strong>{t(`form.move.${to}`)}</strong> –{' '}
              {all(verdict.key as never, (verdict.values ?? {}) as never)}
            </p>
          ),
      )}
    </Fold>
  )
}

/** Somebody answers by name for each case still open, before the incident may close. */
export async function ResidualsForm({ page }: { page: IncidentPage }) {
  const t = await getTranslations('incidents')
  const open = page.attached.filter((one) => isOpen(one.state))
  if (open.length === 0 || !['restored', 'residual', 'suspected'].includes(page.state)) return null
  const free = open.filter((one) => one.takenById === null)
  return (
    <Fold title={t('form.residuals')} open={free.length > 0}>
      <DoorForm action={residualsAction} name="incident-residuals" className="grid gap-3">
        <input type="hidden" name="incident" value={page.reference} />
        {/* Forty cases of a national loss: the list rolls, the page stays short. */}
        <div className="-m-1 max-h-96 overflow-y-auto p-1">
          <FormBoxes
            name="cases[]"
            label={t('form.residuals_which')}
            hint={t('form.residuals_hint')}
            defaultValues={free.map((one) => one.reference)}
            options={open.map((one) => ({
              value: one.reference,
              label: `${one.reference} · ${one.organisation ?? one.territoryName}`,
              hint: one.takenBy ? t('form.residual_taken', { name: one.takenBy }) : t('form.residual_free'),
            }))}
          />
        </div>
        <div>
          <Button kind="primary">{t('form.residuals_send')}</Button>
        </div>
      </DoorForm>
    </Fold>
  )
}

export async function LevelForm({ page }: { page: IncidentPage }) {
  const [t, vocabulary] = [await getTranslations('incidents'), await getTranslations('vocabulary')]
  return (
    <Fold title={t('form.level')}>
      <DoorForm action={levelAction} name="incident-level" className="grid gap-3">
        <input type="hidden" name="incident" value={page.reference} />
        <input type="hidden" name="version" value={page.version} />
        <p className="text-sm text-soft">{t('page.level_why')}</p>
        <FormRadios
          name="level"
          label={t('column.level')}
          layout="row"
          defaultValue={String(page.level)}
          options={LEVELS.map((level) => ({
            value: String(level),
            label: vocabulary(`levelShort.${level}`),
          }))}
        />
        <FormArea
          name="reason"
          id="level-reason"
          label={t('form.reason')}
          hint={t('form.reason_lower')}
          rows={2}
        />
        <div>
          <Button>{t('form.level_send')}</Button>
        </div>
      </DoorForm>
    </Fold>
  )
}

export async function AttachForm({ page }: { page: IncidentPage }) {
  const t = await getTranslations('incidents')
  return (
    <Fold title={t('form.attach')}>
      <DoorForm action={attachAction} name="incident-attach" className="grid gap-3">
        <input type="hidden" name="incident" value={page.reference} />
        <FormText name="case" id="attach-case" label={t('form.attach_case')} required most={20} />
        <FormText name="reason" id="attach-reason" label={t('form.attach_reason')} />
        <div>
          <Button>{t('form.attach_send')}</Button>
        </div>
      </DoorForm>
    </Fold>
  )
}
