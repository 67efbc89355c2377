'use client'

import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export type NoticeTone = 'info' | 'ok' | 'warn' | 'danger'

const TONES: Record<NoticeTone, { box: string; ink: string; icon: IconName }> = {
  info: { box: 'border-info bg-info-soft', ink: 'text-info', icon: 'info' },
  ok: { box: 'border-ok bg-ok-soft', ink: 'text-ok', icon: 'ok' },
  warn: { box: 'border-warn bg-warn-soft', ink: 'text-warn', icon: 'late' },
  danger: { box: 'border-danger bg-danger-soft', ink: 'text-danger', icon: 'danger' },
}

/** `live` when it answers something just done: a danger interrupts, the others wait for a pause. */
export function Notice({
  tone = 'info',
  title,
  live,
  actions,
  children,
}: {
  tone?: NoticeTone
  title?: ReactNode
  live?: boolean
  actions?: ReactNode
  children?: ReactNode
}) {
  const { box, ink, icon } = TONES[tone]
  return (
    <div
      role={live ? (tone === 'danger' ? 'alert' : 'status') : undefined}
      className={`flex flex-wrap items-start gap-x-3 gap-y-2 rounded-m border border-l-[6px] px-3 py-2.5 ${box}`}
    >
      <Icon name={icon} className={`mt-0.5 size-5 ${ink}`} />
      <div className="min-w-0 grow basis-60">
        {title && <p className={`font-bold ${ink}`}>{title}</p>}
        {children && <div>{children}</div>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  )
}
