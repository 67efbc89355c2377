import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea, FormFile, FormRadios, FormText } from '#app/_doors/fields.tsx'
import type { FormDoor } from '#app/_doors/form-data.ts'
import { FailedSending } from '#app/cases/new/hotline-line.tsx'
import { LaterQuestions, TestFields } from '#app/cases/new/later-questions.tsx'
import { SendButton } from '#app/cases/new/send-button.tsx'
import { LARGEST_FILE, MOST_FILES } from '#app/cases/rules/attached-file.ts'
import type { Action } from '#app/cases/rules/lifecycle.ts'
import {
  answerAction,
  attachAction,
  callbackAction,
  completeAction,
  confirmAction,
  neighbourAction,
  observeAction,
  stillFailingAction,
  testsAction,
} from '../actions.ts'

/** What a reporter may do, in the order it is needed. */
export const REPORTER_ACTIONS = [
  'answer',
  'record_tests',
  'observe_neighbour',
  'complete',
  'attach_file',
  'change_callback',
  'observe',
  'confirm',
  'still_failing',
] as const satisfies Action[]
export type ReporterAction = (typeof REPORTER_ACTIONS)[number]

const DOORS: Record<ReporterAction, FormDoor> = {
  answer: answerAction,
  record_tests: testsAction,
  observe_neighbour: neighbourAction,
  complete: completeAction,
  attach_file: attachAction,
  change_callback: callbackAction,
  observe: observeAction,
  confirm: confirmAction,
  still_failing: stillFailingAction,
}

export async function ActionForm({ action, reference }: { action: ReporterAction; reference: string }) {
  const t = await getTranslations('my')
  const label = action === 'confirm' || action === 'still_failing' ? t(`form.${action}`) : t('form.send')
  return (
    <DoorForm action={DOORS[action]} name={action} className="grid gap-4 pb-2">
      <FailedSending />
      <input type="hidden" name="reference" value={reference} />
      <Fields action={action} />
      <div>
        <SendButton
          label={label}
          sending={t('form.sending')}
          size="normal"
          kind={action === 'still_failing' ? 'danger' : 'primary'}
        />
      </div>
    </DoorForm>
  )
}

async function Fields({ action }: { action: ReporterAction }): Promise<ReactNode> {
  const t = await getTranslations('my')
  const words = await getTranslations('vocabulary')
  const report = await getTranslations('report')
  const common = await getTranslations('common')
  switch (action) {
    case 'answer':
      return (
        <FormArea
          id="answer-text"
          name="text"
          rows={3}
          label={t('form.text')}
          mark={common('required')}
          hint={report('no_patient_data')}
        />
      )
    case 'record_tests':
      return (
        <>
          <TestFields scope="tests" />
          <FormArea id="tests-text" name="text" rows={2} label={t('form.text_tests')} />
        </>
      )
    case 'observe_neighbour':
      return (
        <>
          <FormRadios
            id="neighbour-touched"
            name="touched"
            layout="row"
            label={t('form.neighbour')}
            mark={common('required')}
            options={(['yes', 'no', 'unknown'] as const).map((value) => ({
              value,
              label: words(`threeWay.${value}`),
            }))}
          />
          <FormArea
            id="neighbour-text"
            name="text"
            rows={2}
            label={t('form.neighbour_text')}
            mark={common('required')}
          />
        </>
      )
    case 'complete':
      return <LaterQuestions prefix="facts." />
    case 'attach_file':
      return (
        <FormFile
          name="file"
          label={t('form.file')}
          hint={t('form.file_hint', { most: MOST_FILES })}
          mark={common('required')}
          accept="image/jpeg,image/png,text/plain,.log,.txt"
          most={LARGEST_FILE}
          tooLarge={t('form.file_too_large')}
        />
      )
    case 'change_callback':
      return (
        <div className="max-w-sm">
          <FormText
            name="callbackPhone"
            type="tel"
            label={report('who.callback')}
            hint={report('who.callback_hint')}
            mark={common('required')}
            autoComplete="tel"
          />
        </div>
      )
    case 'observe':
      return (
        <>
          <FormArea id="observe-text" name="text" rows={2} label={t('form.observe')} />
          <TestFields scope="observe" />
        </>
      )
    case 'confirm':
      return (
        <>
          <TestFields scope="confirm" />
          <FormArea id="confirm-text" name="text" rows={2} label={t('form.text_tests')} />
        </>
      )
    case 'still_failing':
      return (
        <>
          <FormArea
            id="failing-text"
            name="text"
            rows={2}
            label={t('form.failing')}
            mark={common('required')}
          />
          <TestFields scope="failing" />
        </>
      )
  }
}
