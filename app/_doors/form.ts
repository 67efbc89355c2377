import { refresh } from 'next/cache'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { z } from 'zod'
import { type AccountActor, may, outside } from '#app/_auth/actor.ts'
import { cookieOptions } from '#app/_auth/cookie.ts'
import { hasPasskey, timeOf } from '#app/_auth/lookup.ts'
import { signInPath } from '#app/_auth/paths.ts'
import { type Capability, isReal } from '#app/_auth/rules/roles.ts'
import { currentSessionId, getActor, getActorSettingUp, isFreshlyProved } from '#app/_auth/session.ts'
import { fromLocalInput } from '#app/_i18n/time.ts'
import { asked } from '#app/_log/request.ts'
import { clockNow } from './clock.ts'
import { failure, goesOn } from './failure.ts'
import { KEPT_MS } from './forget-kept.ts'
import { BLANK_FORM, FORM_NAME, type FormState, readForm, type Said, type Typed } from './form-data.ts'
import { keep, keptCookieName } from './kept.ts'
import type { Reason, Refusal, Result } from './result.ts'
import { say } from './say.ts'
import { wrongFields } from './wrong-fields.ts'

type Options<Input, Value> = {
  /** Who may send it at all: others are told that they may not, after the session is known. */
  may: Capability
  /** What cannot be taken back, or opens the house to others: whoever sends it, or sends this, has just proved who he is. */
  fresh?: true | ((input: Input, actor: AccountActor) => boolean | Promise<boolean>)
  /** Of what belongs to no exercise, though whoever may this may it in one too: done for real, by the clock of the wall. */
  real?: true
  /** Also for whoever sets up how he signs in, and may do nothing else yet. */
  settingUp?: true
  /** Turns what is counted from now ("in thirty minutes") into an hour, before it is read. */
  fromNow?: (typed: Record<string, unknown>, now: Date) => Record<string, unknown>
  /** Where to go once done: a path of this site; or a reason to show on the same page. */
  next?: (value: Value, input: Input, actor: AccountActor) => string | Reason | null
}

/**
 * The only way from a form to a command. Who is asking comes before any read; then zod; then the command; then the
 * answer in the reader's words, with everything typed kept. It never throws on what it is sent. Export it from a file that begins with 'use server'.
 */
export function formAction<Schema extends z.ZodType, Value>(
  schema: Schema,
  run: (actor: AccountActor, input: z.output<Schema>, now: Date) => Promise<Result<Value>>,
  { may: capability, real, fresh, settingUp, fromNow, next }: Options<z.output<Schema>, Value>,
): (before: FormState, form: FormData) => Promise<FormState> {
  async function answer(before: FormState, form: FormData): Promise<FormState> {
    const asking = settingUp ? await getActorSettingUp() : await getActor()
    const actor = asking && (real || isReal(capability)) ? outside(asking) : asking
    const { input, values, asTyped, excess } = readForm(form, fromLocalInput)
    const nothingDone = { ...BLANK_FORM, answer: answerAfter(before), values }
    if (excess) return { ...nothingDone, reason: await say({ key: 'forms.excess' }) }
    if (!actor) {
      if (!(await hasScript())) return keepAndSignIn(form, values)
      return { ...nothingDone, sessionLost: true, reason: await say({ key: 'auth.session_lost' }) }
    }
    if (!may(actor, capability)) return { ...nothingDone, reason: await say({ key: 'auth.forbidden' }) }

    const now = await timeOf(actor, clockNow())
    const parsed = schema.safeParse(fromNow ? fromNow(input, now) : input)
    const asksProof =
      parsed.success && (typeof fresh === 'function' ? await fresh(parsed.data, actor) : fresh)
    if (asksProof && !(await isFreshlyProved(actor)))
      return {
        ...nothingDone,
        proveAgain: (await hasPasskey(actor.accountId)) ? 'passkey' : 'otherwise',
        reason: await say({ key: 'auth.again.kept' }),
      }
    const result: Result<Value> = parsed.success
      ? await run(actor, parsed.data, now)
      : {
          ok: false,
          reason: { key: 'forms.to_correct' },
          fields: wrongFields(parsed.error.issues, input, schema),
        }
    if (!result.ok) {
      // The page behind the form reads again, so that the second person sees what the first changed.
      if (result.conflict && (await hasScript())) refresh()
      return {
        ...nothingDone,
        reason: await say(withCount(result)),
        fields: await sayAll(result.fields ?? {}, asTyped),
        conflict: result.conflict ?? null,
      }
    }
    const answered = parsed.success ? (next?.(result.value, parsed.data, actor) ?? null) : null
    // Before leading elsewhere too: the browser may keep the page it goes to as it was before.
    if (await hasScript()) refresh()
    if (typeof answered === 'string') redirect(answered)
    return { ...nothingDone, ok: true, values: {}, reason: answered && (await say(answered)) }
  }

  return async (before, form) => {
    const state = await answered(before, form)
    // Nothing to correct: it is done, or the world has changed. The page that is drawn now may have no such form any more, and says it all the same.
    const over = state.reason && Object.keys(state.fields).length === 0
    const request = over && !(await hasScript()) ? asked() : null
    if (request && state.reason) request.said = { text: state.reason.text, ok: state.ok }
    return state
  }

  async function answered(before: FormState, form: FormData): Promise<FormState> {
    try {
      return await answer(before, form)
    } catch (error) {
      if (goesOn(error)) throw error
      const { reason } = failure('form', error)
      const { values } = readForm(form, fromLocalInput)
      return { ...BLANK_FORM, answer: answerAfter(before), values, reason: await say(reason) }
    }
  }
}

function answerAfter(before: FormState): number {
  return (Number(before?.answer) || 0) + 1
}

async function sayAll(
  fields: Record<string, Reason>,
  asTyped: (path: PropertyKey[]) => string,
): Promise<Record<string, Said>> {
  const said = await Promise.all(
    Object.entries(fields).map(
      async ([path, reason]) => [asTyped(path.split('.')), await say(reason)] as const,
    ),
  )
  return Object.fromEntries(said)
}

function withCount({ reason, fields }: Refusal): Reason {
  // What one field says stands beside it: above, only that something is to correct.
  const ofField = Object.values(fields ?? {}).some((one) => one.key === reason.key)
  if (reason.key !== 'forms.to_correct' && !ofField) return reason
  return { key: 'forms.to_correct', values: { count: Object.keys(fields ?? {}).length } }
}

// Without JavaScript the page itself cannot be drawn for nobody: to the sign-in, and back to what was typed.
async function keepAndSignIn(form: FormData, values: Typed): Promise<never> {
  const [sessionId, sent] = [await currentSessionId(), await headers()]
  const path = sent.get('x-path')
  const name = form.get(FORM_NAME)
  if (sessionId && path && typeof name === 'string') {
    const kept = { path: path.split('?')[0] ?? path, form: name, values }
    if (await keep(sessionId, kept, clockNow())) {
      const jar = await cookies()
      jar.set(keptCookieName(), '1', cookieOptions(KEPT_MS))
    }
  }
  redirect(signInPath(path))
}

// Without JavaScript the answer is a whole page, drawn anew in any case.
async function hasScript(): Promise<boolean> {
  return (await headers()).has('next-action')
}
