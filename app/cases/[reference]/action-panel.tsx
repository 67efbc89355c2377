import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { LinkButton } from '#components/button.tsx'
import { Icon } from '#components/icon.tsx'
import { Notice } from '#components/notice.tsx'
import { factsOf, viewerOf } from '../commands/change.ts'
import { nextSteps } from '../rules/next-step.ts'
import { judge, type Verdict } from '../rules/permissions.ts'
import { ActionForm, type FormName, isForm } from './action-form.tsx'
import type { CasePage } from './case-query.ts'
import { reasonWords } from './reason-words.ts'

const GROUPS: { key: 'talk' | 'work' | 'people' | 'end'; actions: FormName[] }[] = [
  {
    key: 'talk',
    actions: ['acknowledge', 'update', 'wait_reporter', 'confirm', 'still_failing', 'log_attempt'],
  },
  {
    key: 'work',
    actions: ['record_tests', 'diagnose', 'workaround', 'restore', 'set_level', 'verify', 'complete'],
  },
  { key: 'people', actions: ['assign'] },
  { key: 'end', actions: ['close', 'reopen', 'out_of_scope', 'attach_duplicate', 'detach_duplicate'] },
]

/**
 * The next move stands open and large; the others one press away, under what they are for; those that the rule refuses
 * are named with their reason. Which one is open stands in the address: no script is needed.
 */
export async function ActionPanel({
  page,
  actor,
  asked,
  now,
}: {
  page: CasePage
  actor: AccountActor
  asked: unknown
  now: Date
}) {
  const t = await getTranslations('cases')
  const { row, around } = page
  const facts = factsOf(row, around.vital, around.territory?.timeZone ?? 'Europe/Paris', now)
  const viewer = viewerOf(actor, row)
  const verdict = (name: FormName): Verdict => judge(name, facts, viewer, now)

  const steps = nextSteps(
    {
      state: row.state,
      verified: facts.verified,
      known: around.callBack.length > 0,
      checkDueAt: row.checkDueAt,
      nextContactAt: row.nextContactAt,
    },
    now,
  )
  const first = steps.filter(isForm).find((step) => verdict(step).allowed) ?? null
  const open = isForm(asked) ? asked : first
  const all = GROUPS.flatMap((group) => group.actions)
  const refused = all.flatMap((name) => {
    const judged = verdict(name)
    return judged.allowed ? [] : [{ name, ...judged }]
  })
  const reasons = await reasonWords(refused)
  const refusedNow = open ? refused.findIndex(({ name }) => name === open) : -1
  // My own last line: once my answer is in, the form begins anew; a colleague's line never touches it.
  const mine = around.lines.find((line) => line.actorId === actor.accountId)?.id ?? 0

  return (
    <>
      {open && (
        <section
          id="act"
          aria-labelledby="act-title"
          className="rounded-m border-2 border-accent bg-raised p-4"
          data-screen-only
        >
          <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
            <h2 id="act-title" className="text-xl">
              {open === first && (
                <span className="mr-2 text-sm font-semibold text-accent max-sm:block">{t('step.title')}</span>
              )}
              {t(`action.${open}`)}
            </h2>
            {open !== first && (
              <Link
                href={`/cases/${row.reference}`}
                prefetch={false}
                scroll={false}
                className="inline-flex min-h-9 items-center"
              >
                {t('step.close_form')}
              </Link>
            )}
          </div>
          {refusedNow >= 0 && (
            <div className="mb-3">
              <Notice tone="warn">{t('step.refused_now', { reason: reasons[refusedNow] ?? '' })}</Notice>
            </div>
          )}
          <ActionForm
            key={`${open}:${mine}`}
            name={open}
            page={page}
            me={actor.accountId}
            now={now}
            large={open === first}
          />
        </section>
      )}
      <nav aria-label={t('step.others')} className="grid gap-3" data-screen-only>
        {GROUPS.map(({ key, actions }) => {
          const allowed = actions.filter((name) => name !== open && verdict(name).allowed)
          if (allowed.length === 0) return null
          return (
            <div key={key} className="grid gap-x-3 gap-y-1 sm:grid-cols-[9rem_1fr]">
              <h3 className="text-sm font-semibold text-soft sm:leading-[2.75rem]">{t(`group.${key}`)}</h3>
              <div className="flex flex-wrap gap-2">
                {allowed.map((name) => (
                  <LinkButton key={name} href={`/cases/${row.reference}?do=${name}#act`} scroll={false}>
                    {t(`action.${name}`)}
                  </LinkButton>
                ))}
              </div>
            </div>
          )
        })}
        {refused.length > 0 && (
          <details>
            <summary className="inline-flex min-h-9 items-center text-soft">
              {t('step.impossible_count', { count: refused.length })}
            </summary>
            <ul className="mt-1 grid gap-1">
              {refused.map(({ name }, index) => (
                <li key={name}>
                  <Icon name="lock" className="mr-1.5 size-4 text-soft" />
                  <b>{t(`action.${name}`)}</b> – {reasons[index]}
                </li>
              ))}
            </ul>
          </details>
        )}
      </nav>
    </>
  )
}
