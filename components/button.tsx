'use client'

import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'large' | 'normal' | 'dense'

const KINDS: Record<ButtonKind, string> = {
  primary:
    'bg-accent text-on-accent border-accent hover:bg-accent-hover hover:border-accent-hover hover:text-on-accent',
  secondary: 'bg-raised text-accent border-edge hover:bg-accent-soft hover:border-accent hover:text-accent',
  quiet: 'bg-transparent text-accent border-transparent underline underline-offset-4 hover:bg-hover',
  danger: 'bg-danger-solid text-on-danger border-danger-solid hover:brightness-90 hover:text-on-danger',
}

const SIZES: Record<ButtonSize, string> = {
  large: 'min-h-14 px-6 py-2 text-lg gap-2.5',
  normal: 'min-h-11 px-4 py-1.5 gap-2',
  dense: 'min-h-8 px-2.5 py-1 text-sm gap-1.5 coarse:min-h-11',
}

type Look = { kind?: ButtonKind; size?: ButtonSize; icon?: IconName; wide?: boolean; children: ReactNode }

function look({ kind = 'secondary', size = 'normal', wide }: Omit<Look, 'children'>, className = ''): string {
  return [
    'inline-flex items-center justify-center rounded-m border font-semibold text-center leading-tight',
    'disabled:opacity-60 aria-disabled:opacity-60',
    kind === 'quiet' ? '' : 'no-underline',
    KINDS[kind],
    SIZES[size],
    wide ? 'w-full' : '',
    className,
  ].join(' ')
}

/** Submits the form it stands in, unless `type` says otherwise. */
export function Button({
  kind,
  size,
  icon,
  wide,
  className,
  children,
  ...rest
}: Look & ComponentProps<'button'>) {
  return (
    <button type="submit" {...rest} className={look({ kind, size, wide }, className)}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

/** Goes somewhere. Nothing is fetched before the click: fifty rows would ask for fifty pages. */
export function LinkButton({
  kind,
  size,
  icon,
  wide,
  className,
  children,
  ...rest
}: Look & ComponentProps<typeof Link>) {
  return (
    <Link prefetch={false} {...rest} className={look({ kind, size, wide }, className)}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  )
}

/** Leaves for a page that is drawn anew, here or elsewhere: nothing of this one stays. */
export function AnchorButton({
  kind,
  size,
  icon,
  wide,
  className,
  children,
  ...rest
}: Look & ComponentProps<'a'>) {
  return (
    <a {...rest} className={look({ kind, size, wide }, className)}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  )
}
