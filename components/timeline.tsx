'use client'

import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export type TimelineEntry = {
  id: string | number
  /** Read by the reporter too, by the desk alone, or a plain fact of the machine. */
  kind: 'public' | 'internal' | 'fact'
  /** Says in words who reads it. Required for the two that are written by people. */
  audience?: string
  who?: ReactNode
  when: ReactNode
  title?: ReactNode
  icon?: IconName
  children?: ReactNode
}

/**
 * What happened, in order. A public line and an internal one differ by their words, their icon, their border,
 * their shape and their side: nobody may write to the one believing it is the other.
 */
export function Timeline({ label, entries }: { label: string; entries: TimelineEntry[] }) {
  return (
    <ol aria-label={label} className="grid content-start gap-2.5">
      {entries.map((entry) => (
        <li key={entry.id} data-keep data-kind={entry.kind}>
          {entry.kind === 'fact' ? <Fact {...entry} /> : <Message {...entry} kind={entry.kind} />}
        </li>
      ))}
    </ol>
  )
}

function Fact({ icon = 'right', who, when, title, children }: TimelineEntry) {
  return (
    <div className="grid grid-cols-[1.25rem_1fr] gap-x-2 px-1">
      <Icon name={icon} className="mt-[0.28em] size-4 text-soft" />
      <div>
        <p>
          {title} <Meta who={who} when={when} />
        </p>
        {children && <div className="text-soft">{children}</div>}
      </div>
    </div>
  )
}

const MESSAGES = {
  public: {
    box: 'mr-4 rounded-m rounded-tl-none border-2 border-accent bg-raised sm:mr-16',
    head: 'bg-accent text-on-accent',
    icon: 'megaphone',
  },
  internal: {
    box: 'ml-4 border border-l-[6px] border-dashed border-edge bg-sunken sm:ml-16',
    head: 'text-ink border-b border-dashed border-edge',
    icon: 'lock',
  },
} as const

function Message({
  kind,
  audience,
  icon,
  who,
  when,
  title,
  children,
}: TimelineEntry & { kind: 'public' | 'internal' }) {
  const look = MESSAGES[kind]
  return (
    <article className={`overflow-hidden ${look.box}`}>
      <p className={`flex flex-wrap items-center gap-x-2 px-3 py-1 text-sm font-bold ${look.head}`}>
        <Icon name={icon ?? look.icon} className="size-4" />
        {audience}
      </p>
      <div className="px-3 py-2">
        <p>
          {title && <strong>{title} </strong>}
          <Meta who={who} when={when} />
        </p>
        {children && <div className="mt-1 max-w-[75ch] whitespace-pre-line">{children}</div>}
      </div>
    </article>
  )
}

function Meta({ who, when }: { who: ReactNode; when: ReactNode }) {
  return (
    <span className="text-sm text-soft">
      {when}
      {who && <> · {who}</>}
    </span>
  )
}
