'use client'

import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button, type ButtonKind, type ButtonSize } from './button.tsx'
import { useHydrated } from './hydrated.ts'
import { Icon, type IconName } from './icon.tsx'

type DialogProps = {
  /** Words and look of the button that opens it. */
  open: ReactNode
  openIcon?: IconName
  kind?: ButtonKind
  size?: ButtonSize
  title: ReactNode
  /** Word of the button that closes it. */
  close: string
  /** Opened from the start: the form inside came back refused. */
  startsOpen?: boolean
  children: ReactNode
}

/**
 * A form or a question over the page. Without JavaScript it is a fold which opens in place, with the same form
 * inside. Escape closes, the focus comes back to the button: the browser's own dialog does both.
 */
export function Dialog({
  open,
  openIcon,
  kind,
  size,
  title,
  close,
  startsOpen = false,
  children,
}: DialogProps) {
  const hydrated = useHydrated()
  const dialog = useRef<HTMLDialogElement>(null)
  const [shown, setShown] = useState(startsOpen)
  const titleId = useId()

  useEffect(() => {
    const box = dialog.current
    if (!hydrated || !box) return
    if (shown && !box.open) box.showModal()
    if (!shown && box.open) box.close()
  }, [hydrated, shown])

  if (!hydrated)
    return (
      <details open={startsOpen} className="rounded-m">
        <summary className="inline-flex min-h-11 items-center gap-2 rounded-m border border-edge bg-raised px-4 font-semibold text-accent">
          {openIcon && <Icon name={openIcon} />}
          {open}
        </summary>
        <section className="mt-2 rounded-m border border-edge bg-raised p-4">
          <h2 className="text-xl">{title}</h2>
          <div className="mt-3">{children}</div>
        </section>
      </details>
    )

  return (
    <>
      <Button
        type="button"
        kind={kind}
        size={size}
        icon={openIcon}
        aria-haspopup="dialog"
        onClick={() => setShown(true)}
      >
        {open}
      </Button>
      <dialog
        ref={dialog}
        aria-labelledby={titleId}
        onClose={() => setShown(false)}
        className="m-auto max-h-[92dvh] w-[min(40rem,94vw)] overflow-y-auto rounded-m border border-edge bg-raised p-0 text-ink shadow-over backdrop:bg-black/60"
      >
        <div className="flex items-start justify-between gap-4 border-b border-line px-4 py-3">
          <h2 id={titleId} className="text-xl">
            {title}
          </h2>
          <button
            type="button"
            aria-label={close}
            onClick={() => setShown(false)}
            className="inline-flex size-11 shrink-0 items-center justify-center rounded-m hover:bg-hover"
          >
            <Icon name="cross" />
          </button>
        </div>
        <div className="p-4">{shown && children}</div>
      </dialog>
    </>
  )
}

/** “Are you sure?”: `action` is the form that does it, its submit button included in `confirm`. */
export function ConfirmDialog({
  action,
  confirm,
  fields,
  children,
  ...dialog
}: Omit<DialogProps, 'startsOpen'> & {
  action: string | ((form: FormData) => void | Promise<void>)
  confirm: ReactNode
  /** Hidden values sent with the form. */
  fields?: Record<string, string | number>
}) {
  return (
    <Dialog {...dialog}>
      <form action={action} method={typeof action === 'string' ? 'post' : undefined} className="grid gap-4">
        {Object.entries(fields ?? {}).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {children}
        <div>
          <Button kind={dialog.kind === 'danger' ? 'danger' : 'primary'}>{confirm}</Button>
        </div>
      </form>
    </Dialog>
  )
}
