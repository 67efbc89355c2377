import { getLocale, getTranslations } from 'next-intl/server'
import { timeOf } from '#app/_auth/lookup.ts'
import { actorWho, requestBegan } from '#app/_auth/session.ts'
import { answerTooMany, overspent } from '#app/_doors/budget.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { pdfAnswer } from '#app/_print/sheet.ts'
import { readReview } from '../../queries.ts'
import { reviewSheet } from '../../sheet.ts'
import { viewing } from '../../viewing.ts'

type Props = { params: Promise<{ reference: string }> }

/** The after-action file as a file of its own, to be joined to an inquiry. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const actor = await actorWho('reviews.read')
  if (!actor) return refusal(404, {})
  const over = await overspent(actor, 'export')
  if (over) return answerTooMany(over, actor.locale)
  const seenAs = viewing(actor, new URL(request.url).searchParams.get('exercise'))
  const began = new Date(requestBegan())
  const review = await readReview(seenAs, (await params).reference, await timeOf(seenAs, began))
  if (!review) return refusal(404, {})
  const [t, locale] = [await getTranslations('reviews'), await getLocale()]
  const file = t('file', { reference: review.one.reference })
  return pdfAnswer(await reviewSheet(review, locale, began), `${file}.pdf`)
}
