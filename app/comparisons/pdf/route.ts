import { getLocale, getTranslations } from 'next-intl/server'
import { actorWho, requestTime } from '#app/_auth/session.ts'
import { answerTooMany, overspent } from '#app/_doors/budget.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { momentText } from '#app/_i18n/time.ts'
import { pdfAnswer } from '#app/_print/sheet.ts'
import { chosenOf } from '../chosen.ts'
import { readComparison } from '../queries.ts'
import { comparisonSheet } from '../sheet.ts'

/** The comparison that its page shows, as an annex to an inquiry. */
export async function GET(request: Request): Promise<Response> {
  const actor = await actorWho('reviews.read')
  if (!actor) return refusal(404, {})
  const { searchParams } = new URL(request.url)
  const { chosen, withRules } = chosenOf({
    subject: searchParams.get('subject') ?? undefined,
    with: searchParams.getAll('with'),
    rules: searchParams.get('rules') ?? undefined,
  })
  const over = await overspent(actor, 'export')
  if (over) return answerTooMany(over, actor.locale)
  const { accounts, rules, verdict } = await readComparison(actor, chosen, withRules)
  if (!verdict.ok || accounts.length === 0) return refusal(404, {})
  const [t, locale, now] = [await getTranslations('comparisons'), await getLocale(), new Date(requestTime())]
  const written = t('printed', { at: momentText(now, { now: new Date(0), locale }) })
  return pdfAnswer(comparisonSheet({ accounts, rules, locale, now, written }, t as never), `${t('file')}.pdf`)
}
