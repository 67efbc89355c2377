import { getLocale } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { actorWho, requestTime } from '#app/_auth/session.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { rowId } from '#app/_doors/rules/row-id.ts'
import { pdfAnswer } from '#app/_print/sheet.ts'
import { sitrepDocument } from '../../document.ts'
import { sitrepSheet } from '../../pdf.ts'
import { readNotice } from '../../queries.ts'

type Props = { params: Promise<{ id: string }> }

/** A report that was sent, as a file: to whom it was addressed, with its own annex, and to the cell. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const actor = await actorWho('notices.read')
  const id = rowId((await params).id)
  const read = actor && id ? await readNotice(actor, id, new Date(requestTime())) : null
  if (!actor || !read || read.one.state !== 'issued' || read.one.kind === 'incident_update')
    return refusal(404, {})
  const locale = (await getLocale()) === 'en' ? 'en' : 'fr'
  const annex = may(actor, 'cell.watch') ? null : (read.own?.annex ?? null)
  const document = sitrepDocument(read.one, annex, locale)
  return pdfAnswer(sitrepSheet(document), document.file)
}
