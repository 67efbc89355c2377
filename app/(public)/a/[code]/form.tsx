'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { Button } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { type AnswerState, answerAction } from './actions.ts'

const NOTHING: AnswerState = { answered: null }

/** Works without JavaScript. Pressed, not merely opened: what looks at links by itself acknowledges nothing. */
export function AnswerForm({ code, called }: { code: string; called: boolean }) {
  const t = useTranslations('outside.answer')
  const [{ answered }, action, pending] = useActionState(answerAction, NOTHING)
  if (answered === 'done' || answered === 'already' || answered === 'passed_on')
    return (
      <Notice live tone="ok">
        {t(answered === 'passed_on' ? 'passed_on' : 'done')}
      </Notice>
    )
  return (
    <form action={action} className="grid gap-4" aria-busy={pending}>
      <input type="hidden" name="code" value={code} />
      {answered && (
        <Notice live tone="danger">
          {t(answered)}
        </Notice>
      )}
      <Button kind="primary" size="large" wide aria-disabled={pending}>
        {t('button')}
      </Button>
      {called && (
        <Button name="say" value="cannot" aria-disabled={pending}>
          {t('cannot')}
        </Button>
      )}
    </form>
  )
}
