import Link from 'next/link'
import type { ReactNode } from 'react'

export const CONTENT_ID = 'content'

/** The frame of every page: bar, navigation, strip of state, content, footer. */
export function AppShell({
  product,
  homeLabel,
  skip,
  nav,
  tools,
  account,
  status,
  watermark,
  footer,
  children,
}: {
  product: string
  homeLabel: string
  /** Words of the link that jumps over the bar. */
  skip: string
  nav?: ReactNode
  /** Language, theme. */
  tools?: ReactNode
  account?: ReactNode
  /** State of the desk, clock, loss of the live connection. */
  status?: ReactNode
  /** Shown above, below and all around when the page is not real life. */
  watermark?: ReactNode
  footer: ReactNode
  children: ReactNode
}) {
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href={`#${CONTENT_ID}`}
        className="sr-only z-50 rounded-m bg-raised px-4 py-3 font-semibold focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {skip}
      </a>
      {watermark && <Watermark edge="top">{watermark}</Watermark>}
      <header data-bar data-screen-only className="bg-bar text-on-bar">
        <div className="mx-auto flex max-w-[100rem] flex-wrap items-center px-3 sm:gap-x-5 sm:px-5 xl:flex-nowrap xl:max-[84rem]:gap-x-3">
          <Link
            href="/"
            prefetch={false}
            aria-label={homeLabel}
            className="inline-flex min-h-12 items-center gap-1.5 text-lg font-bold sm:gap-2.5 tracking-tight text-on-bar no-underline hover:text-on-bar"
          >
            <Mark />
            {product}
          </Link>
          {nav && (
            <div className="order-last -mx-3 w-full min-w-0 sm:mx-0 xl:order-none xl:w-auto xl:grow">
              {nav}
            </div>
          )}
          <div className={`ml-auto flex items-center sm:gap-1 ${nav ? 'xl:ml-0' : ''}`}>
            {tools}
            {account}
          </div>
        </div>
      </header>
      {status}
      <main
        id={CONTENT_ID}
        tabIndex={-1}
        className="mx-auto w-full max-w-[100rem] grow px-3 py-5 sm:px-5 sm:py-7"
      >
        {children}
      </main>
      <footer className="border-t border-line bg-sunken">
        <div className="mx-auto max-w-[100rem] px-3 py-5 sm:px-5">{footer}</div>
      </footer>
      {watermark && <Watermark edge="bottom">{watermark}</Watermark>}
    </div>
  )
}

/** A lamp that stays lit. */
function Mark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className="size-6 shrink-0" fill="none" strokeWidth="2.4">
      <circle cx="12" cy="12" r="4" className="fill-bar-mark" />
      <path
        d="M5.3 18.7a9.5 9.5 0 0 1 0-13.400M18.7 5.3a9.5 9.5 0 0 1 0 13.400"
        stroke="currentColor"
        strokeLinecap="round"
      />
    </svg>
  )
}

function Watermark({ edge, children }: { edge: 'top' | 'bottom'; children: ReactNode }) {
  return (
    <>
      {edge === 'top' && (
        <div
          aria-hidden="true"
          className="pointer-events-none fixed inset-0 z-40 border-[6px] border-dashed border-exercise outline-2 -outline-offset-2 outline-on-exercise"
        />
      )}
      <div
        className={`${edge === 'top' ? 'sticky top-0' : 'sticky bottom-0'} z-30 bg-exercise px-4 py-2 text-center font-bold tracking-wide text-on-exercise`}
      >
        {children}
      </div>
    </>
  )
}
