'use client'

import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

/** Nothing here, and whether that is good news. */
export function EmptyState({
  icon = 'info',
  title,
  children,
  actions,
}: {
  icon?: IconName
  title: ReactNode
  children?: ReactNode
  actions?: ReactNode
}) {
  return (
    <div className="grid justify-items-center gap-2 rounded-m border border-dashed border-edge px-4 py-6 text-center">
      <Icon name={icon} className="size-6 text-soft" />
      <p className="text-lg font-semibold">{title}</p>
      {children && <div className="max-w-[55ch] text-soft">{children}</div>}
      {actions && <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}
