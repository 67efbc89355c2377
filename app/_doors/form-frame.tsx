'use client'

import { unstable_isUnrecognizedActionError as isUnknownAction } from 'next/navigation'
import {
  createContext,
  type FormEvent,
  type ReactNode,
  type RefObject,
  startTransition,
  useActionState,
  useContext,
  useEffect,
  useRef,
} from 'react'
import { keepReport } from '#app/_offline/worker.ts'
import { Button, LinkButton } from '#components/button.tsx'
import { ErrorSummary } from '#components/error-summary.tsx'
import { Notice } from '#components/notice.tsx'
import { dropDraft, resetBut } from './draft.ts'
import { BLANK_FORM, FORM_NAME, type FormDoor, type FormState } from './form-data.ts'
import { type AgainWords, ProveAgain } from './prove-again.tsx'
import { useDraft } from './use-draft.ts'
import { useLateAnswer } from './use-late-answer.ts'

export type FrameWords = {
  draft: string
  discard: string
  unreachable: string
  stale: string
  tooLarge: string
  counted: string
  tooLong: string
  hourTwice: string
  hourFirst: string
  hourSecond: string
  /** Before the name of the page, while something in its form is to be corrected. */
  error: string
  signInAgain: string
  sendAgain: string
  /** Of whoever must prove again who he is. */
  again: AgainWords
}

/** The key of an answer that only says: kept here, not sent yet. */
export const KEPT = 'kept.kept'

const Answer = createContext<{
  state: FormState
  pending: boolean
  words: Pick<FrameWords, 'counted' | 'tooLong' | 'hourTwice' | 'hourFirst' | 'hourSecond'>
}>({
  state: BLANK_FORM,
  pending: false,
  words: { counted: '', tooLong: '', hourTwice: '', hourFirst: '', hourSecond: '' },
})

/** Inside a form: the answer of the door, for a field to show what was typed and what is wrong with it. */
export function useAnswer() {
  return useContext(Answer)
}

/** What one field shows: the value typed before the answer, and the fault found. */
export function useField(name: string) {
  const { state } = useContext(Answer)
  return { typed: state.values[name], fault: state.fields[name] ?? null }
}

/**
 * A form that goes through `formAction`. With JavaScript what is typed stays where it is, whatever the answer, and is
 * kept in the tab until it is sent; without, the same form posts to its page.
 */
export function FormFrame({
  action,
  name,
  accountId,
  words,
  initial = BLANK_FORM,
  keeps,
  className,
  children,
}: {
  action: FormDoor
  /** Tells the forms of one page apart. */
  name: string
  accountId: number | null
  words: FrameWords
  initial?: FormState
  /** What did not get through is kept on the device, for this owner, and said in these words. */
  keeps?: { owner: string; kept: string; unsure: string }
  className?: string
  children: ReactNode
}) {
  const [posted, plainAction] = useActionState(action, initial)
  const form = useRef<HTMLFormElement>(null)
  const key = useRef<string | null>(null)
  const late = useLateAnswer()
  const [state, send, pending] = useActionState(late.heard(guarded(action, words, key, keeps)), posted)
  const summary = useRef<HTMLDivElement>(null)
  const writtenSince = useRef(new Set<EventTarget>())
  const draft = useDraft(form, key, state, pending, accountId, name)
  useErrorInTitle(state, words.error)

  useEffect(() => {
    late.shown(state)
    if (state.answer === 0) return
    if (state.ok && form.current) resetBut(form.current, writtenSince.current)
    if (!state.ok || state.reason?.key === KEPT) summary.current?.focus()
  }, [state, late])

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    // A second press while the first is on its way sends nothing more.
    if (pending) return
    writtenSince.current.clear()
    const { submitter } = event.nativeEvent as SubmitEvent
    const data = new FormData(event.currentTarget, submitter)
    startTransition(() => send(data))
  }

  return (
    <Answer value={{ state, pending, words }}>
      <form
        ref={form}
        action={plainAction}
        onSubmit={submit}
        onInput={({ target }) => writtenSince.current.add(target)}
        className={className}
        aria-busy={pending}
      >
        <input type="hidden" name={FORM_NAME} value={name} />
        <FrameAnswer state={state} words={words} box={summary} />
        {draft.restored && (
          <Notice
            live
            actions={
              <Button type="button" kind="quiet" size="dense" onClick={draft.discard}>
                {words.discard}
              </Button>
            }
          >
            {words.draft}
          </Notice>
        )}
        {children}
      </form>
    </Answer>
  )
}

function FrameAnswer({
  state: { ok, reason, fields, conflict, sessionLost, proveAgain, answer },
  words,
  box,
}: {
  state: FormState
  words: FrameWords
  box: RefObject<HTMLDivElement | null>
}) {
  const problems = Object.entries(fields).map(([id, said]) => ({ id, text: said.text }))
  if (!reason) return null
  if (problems.length > 0)
    return (
      <div data-answer>
        <ErrorSummary key={answer} title={reason.text} problems={problems} />
      </div>
    )
  return (
    <div ref={box} tabIndex={-1} data-answer>
      <Notice
        key={answer}
        live
        tone={ok ? 'ok' : conflict || sessionLost || proveAgain ? 'warn' : 'danger'}
        actions={
          sessionLost ? (
            <LinkButton href="/sign-in" target="_blank" rel="noopener">
              {words.signInAgain}
            </LinkButton>
          ) : (
            proveAgain && <ProveAgain by={proveAgain} words={words.again} box={box} />
          )
        }
      >
        {reason.text} {sessionLost && words.sendAgain}
      </Notice>
    </div>
  )
}

/** All that the gate (gate.ts) says to a script whose form is larger than a page may send. */
const TOO_LARGE = '413'

// A server that does not answer must not take the form away with what was typed in it.
function guarded(
  action: FormDoor,
  words: FrameWords,
  draft: RefObject<string | null>,
  keeps?: { owner: string; kept: string; unsure: string },
): FormDoor {
  return async (before, data) => {
    try {
      return await action(before, data)
    } catch (error) {
      const digest = (error as { digest?: unknown }).digest
      if (typeof digest === 'string' && digest.startsWith('NEXT_')) {
        // Done, and led elsewhere: what was sent is no draft any more.
        if (digest.startsWith('NEXT_REDIRECT') && draft.current) dropDraft(draft.current)
        draft.current = null
        throw error
      }
      const unknown = isUnknownAction(error)
      // Of one that is too large no door would take more than this one.
      const tooLarge = (error as Error).message === TOO_LARGE
      const kept = keeps && !unknown && !tooLarge ? await keepReport(data, keeps.owner) : null
      if (keeps && kept)
        return {
          ...BLANK_FORM,
          ok: true,
          answer: before.answer + 1,
          reason: { key: KEPT, text: keeps[kept] },
        }
      const reason = unknown
        ? { key: 'forms.stale', text: words.stale }
        : tooLarge
          ? { key: 'forms.too_large', text: words.tooLarge }
          : { key: 'forms.unreachable', text: words.unreachable }
      return { ...BLANK_FORM, answer: before.answer + 1, values: before.values, reason }
    }
  }
}

/** A screen reader says the name of the page first, and a tab among others shows nothing else. */
function useErrorInTitle(state: FormState, error: string): void {
  useEffect(() => {
    if (state.answer === 0 || state.ok || state.reason === null) return
    const name = document.title
    if (!name.startsWith(error)) document.title = `${error} ${name}`
    return () => {
      if (document.title === `${error} ${name}`) document.title = name
    }
  }, [state, error])
}
