import { showPhone } from '#app/directory/rules/phone.ts'
import { Badge } from '#components/tag.tsx'

/** The number of a contact as it is read aloud, with the words that say it authenticates a call. */
export function ContactPhone({ phone, callBack }: { phone: string | null; callBack: string | false }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 tabular-nums">
      {phone ? showPhone(phone) : '–'}
      {callBack && <Badge icon="phone">{callBack}</Badge>}
    </span>
  )
}
