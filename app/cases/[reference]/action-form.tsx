import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea } from '#app/_doors/fields.tsx'
import type { FormDoor } from '#app/_doors/form-data.ts'
import { hourText } from '#app/_i18n/time.ts'
import type { CaseState } from '#db/schema/cases.ts'
import { type Action, stateAfter } from '../rules/lifecycle.ts'
import * as act from './actions.ts'
import type { CasePage } from './case-query.ts'
import { lineWords } from './line-words.ts'
import { NextContact } from './next-contact.tsx'
import {
  AssignFields,
  CloseFields,
  CompleteFields,
  ConfirmFields,
  DuplicateFields,
  LevelFields,
  RestoreFields,
  StillFailingFields,
  TestFields,
  VerifyFields,
  WorkaroundFields,
} from './special-fields.tsx'
import { VersionGuard } from './version-guard.tsx'

/** What the cell may do on the page of a case, by the form that does it. Claims and notes have their own place. */
export const FORMS = {
  acknowledge: act.acknowledgeAction,
  assign: act.assignAction,
  set_level: act.levelAction,
  record_tests: act.testsAction,
  diagnose: act.diagnoseAction,
  workaround: act.workaroundAction,
  update: act.updateAction,
  complete: act.completeAction,
  verify: act.verifyAction,
  attach_duplicate: act.attachDuplicateAction,
  detach_duplicate: act.detachDuplicateAction,
  wait_reporter: act.waitAction,
  restore: act.restoreAction,
  confirm: act.confirmAction,
  still_failing: act.stillFailingAction,
  log_attempt: act.attemptAction,
  close: act.closeAction,
  reopen: act.reopenAction,
  out_of_scope: act.outOfScopeAction,
} as const satisfies Partial<Record<Action, FormDoor>>

export type FormName = keyof typeof FORMS

export function isForm(name: unknown): name is FormName {
  return typeof name === 'string' && Object.hasOwn(FORMS, name)
}

/** Which words each form asks for, whether it promises a next contact, and what it has of its own. */
type Shape = {
  text?: [name: 'text' | 'reason', label: string, required?: boolean]
  promises?: true
  own?: (page: CasePage) => ReactNode
}

const SHAPES: Record<FormName, Shape> = {
  acknowledge: { promises: true },
  assign: { text: ['reason', 'reason'], own: (page) => <AssignFields page={page} /> },
  set_level: { text: ['reason', 'reason'], own: (page) => <LevelFields page={page} /> },
  record_tests: { text: ['text', 'remark'], own: (page) => <TestFields page={page} /> },
  diagnose: { text: ['text', 'diagnosis', true] },
  workaround: { text: ['text', 'text_public', true], promises: true, own: () => <WorkaroundFields /> },
  update: { text: ['text', 'text_public', true], promises: true },
  complete: { own: (page) => <CompleteFields page={page} /> },
  verify: { text: ['text', 'result'], own: (page) => <VerifyFields page={page} /> },
  attach_duplicate: { text: ['reason', 'reason', true], own: () => <DuplicateFields /> },
  detach_duplicate: { text: ['reason', 'reason', true] },
  wait_reporter: { text: ['text', 'text_public', true], promises: true },
  restore: {
    text: ['text', 'text_public', true],
    promises: true,
    own: (page) => <RestoreFields page={page} />,
  },
  confirm: { text: ['text', 'remark'], own: (page) => <ConfirmFields page={page} /> },
  still_failing: { text: ['text', 'text_public', true], own: (page) => <StillFailingFields page={page} /> },
  log_attempt: { text: ['text', 'attempt', true], promises: true },
  close: { text: ['text', 'text_public'], own: () => <CloseFields /> },
  reopen: { text: ['reason', 'reason', true], promises: true },
  out_of_scope: { text: ['reason', 'reason', true] },
}

export async function ActionForm({
  name,
  page,
  me,
  now,
  large,
}: {
  name: FormName
  page: CasePage
  me: number
  now: Date
  large?: boolean
}) {
  const [t, locale] = [await getTranslations('cases'), await getLocale()]
  const { row, around } = page
  const timeZone = around.territory?.timeZone ?? 'Europe/Paris'
  const { text, promises, own } = SHAPES[name]
  const words = await lineWords()
  const after: CaseState = stateAfter(name, row.state) ?? row.state
  return (
    <DoorForm action={FORMS[name]} name={name} className="grid gap-4">
      <input type="hidden" name="reference" value={row.reference} />
      <p className="max-w-[70ch] text-soft">{t(`about.${name}`)}</p>
      {own?.(page)}
      {text && (
        <FormArea
          name={text[0]}
          id={`${name}-text`}
          label={t(`field.${text[1]}` as 'field.reason')}
          required={text[2]}
          rows={3}
        />
      )}
      {promises && <NextContact state={after} level={row.level} now={now} timeZone={timeZone} />}
      <VersionGuard
        name={name}
        version={row.version}
        readAt={now.toISOString()}
        changes={around.lines
          .filter((line) => line.actorId !== me)
          .slice(0, 8)
          .map((line) => ({
            id: line.id,
            at: new Date(line.at).toISOString(),
            text: [
              `${hourText(new Date(line.at), locale, timeZone)} · ${line.actorName} · ${words(line).title}`,
              line.text,
            ]
              .filter(Boolean)
              .join(' — '),
          }))}
        words={{
          submit: t(`action.${name}`),
          hint: t('send_hint'),
          title: t('conflict.title'),
          readOn: t('conflict.read_on'),
          nothing: t('conflict.nothing'),
        }}
        large={large}
        danger={name === 'out_of_scope'}
      />
    </DoorForm>
  )
}
