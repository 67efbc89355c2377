import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { sideOf } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { CaseNumberRead } from './done.tsx'
import { readReporterKey } from './options.ts'
import { PhoneReport } from './phone-report.tsx'
import { PortalReport } from './portal-report.tsx'
import { readReportDesk } from './queries.ts'
import { SentBefore } from './sent-before.tsx'

type Asked = Partial<
  Record<'channel' | 's' | 'reporter' | 'q' | 'done' | 'from' | 'again', string | string[]>
>

export async function generateMetadata({
  searchParams,
}: {
  searchParams: Promise<Asked>
}): Promise<Metadata> {
  const t = await getTranslations('report')
  return { title: t((await searchParams).channel === 'phone' ? 'phone.title' : 'title') }
}

/** The report: by its reporter on the portal, by the cell for whoever telephones. */
export default async function NewCasePage({ searchParams }: { searchParams: Promise<Asked> }) {
  const asked = await searchParams
  const actor = await requireActor('cases.report')
  const phone = sideOf(actor) === 'cell'
  const one = (name: keyof Asked) => (typeof asked[name] === 'string' ? asked[name] : undefined)
  const done = one('done')
  if (phone && done) return <CaseNumberRead actor={actor} reference={done} />
  const submissionId = UUID.exec(one('s') ?? '')?.[0]
  // The address names the sending: the back button, a reload and a second tab all lead to the same case.
  if (!submissionId || (phone && asked.channel !== 'phone')) {
    const address = new URLSearchParams({ ...(phone ? { channel: 'phone' } : {}) })
    for (const name of ['from', 'reporter', 'again'] as const)
      if (one(name)) address.set(name, one(name) ?? '')
    address.set('s', submissionId ?? randomUUID())
    redirect(`/cases/new?${address}`)
  }
  const caller = phone ? readReporterKey(one('reporter')) : null
  const known = caller?.kind === 'known' ? caller : null
  const desk = await readReportDesk(
    actor,
    {
      submissionId,
      organisationId: phone ? (known?.organisationId ?? null) : actor.organisationId,
      contactId: known?.contactId ?? null,
    },
    new Date(requestTime()),
  )
  if (desk.sent) return <SentBefore reference={desk.sent} phone={phone} />
  return phone ? (
    <PhoneReport
      actor={actor}
      desk={desk}
      caller={caller}
      submissionId={submissionId}
      query={one('q') ?? ''}
    />
  ) : (
    <PortalReport
      actor={actor}
      desk={desk}
      submissionId={submissionId}
      continues={one('from') ?? null}
      again={one('again') ?? null}
    />
  )
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
