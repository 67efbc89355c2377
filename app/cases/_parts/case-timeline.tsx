import type { ReactNode } from 'react'
import { Timeline, type TimelineEntry } from '#components/timeline.tsx'

/**
 * What happened to a case, the newest first. Its readers differ by the lines they may see and by who speaks in them, never by
 * its shape.
 */
export function CaseTimeline({
  title,
  entries,
  older,
}: {
  title: string
  entries: TimelineEntry[]
  /** Where the lines beyond these are read. */
  older?: ReactNode
}) {
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline" className="mb-2 text-lg">
        {title}
      </h2>
      <Timeline label={title} entries={entries} />
      {older && <p className="mt-2 text-soft">{older}</p>}
    </section>
  )
}
