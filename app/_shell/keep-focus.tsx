'use client'

import { useEffect } from 'react'
import { CONTENT_ID } from '#components/app-shell.tsx'

/** Where a reader stands when what had the focus is gone; never a button, which the next press of a key would press. */
const STANDS = 'dialog, form, section, nav, aside, article, fieldset, li, tr, [role="region"], main'

/**
 * The focus is never lost to the page. What had it may vanish (a row leaves the queue, a form is sent, a panel closes, the page is
 * read again): it goes to the same thing drawn anew, else to the nearest part that is still there.
 */
export function KeepFocus() {
  useEffect(() => {
    let last: { element: Element; around: Element[] } | null = null
    let frame = 0
    const keep = (event: FocusEvent) => {
      const element = event.target
      if (element instanceof Element && element !== document.body)
        last = { element, around: ancestors(element) }
    }
    // Pressed beside everything: the reader let go by himself.
    const letGo = (event: PointerEvent) => {
      if (event.target instanceof Element && !event.target.closest(FOCUSABLE)) last = null
    }
    const look = () => {
      frame = 0
      if (!last || (document.activeElement !== document.body && document.activeElement !== null)) return
      if (isThere(last.element)) return
      const to = again(last.element) ?? last.around.find((one) => one.matches(STANDS) && isThere(one))
      stand(to ?? document.getElementById(CONTENT_ID))
    }
    // After the page's own way to place the focus had its turn.
    const soon = () => {
      if (!frame && last)
        frame = requestAnimationFrame(() => {
          frame = requestAnimationFrame(look)
        })
    }
    const watch = new MutationObserver(soon)
    watch.observe(document.body, {
      childList: true,
      subtree: true,
      attributeFilter: ['hidden', 'open', 'disabled'],
    })
    document.addEventListener('focusin', keep)
    document.addEventListener('focusout', soon)
    document.addEventListener('pointerdown', letGo, true)
    return () => {
      watch.disconnect()
      cancelAnimationFrame(frame)
      document.removeEventListener('focusin', keep)
      document.removeEventListener('focusout', soon)
      document.removeEventListener('pointerdown', letGo, true)
    }
  }, [])
  return null
}

const FOCUSABLE = 'a, button, input, select, textarea, summary, label, [tabindex]'

function ancestors(of: Element): Element[] {
  const all: Element[] = []
  for (let one = of.parentElement; one && one !== document.body; one = one.parentElement) all.push(one)
  return all
}

function isThere(one: Element): boolean {
  return one.isConnected && one.checkVisibility({ visibilityProperty: true }) && !one.matches(':disabled')
}

/** The same thing, drawn anew by the reading that took it away. */
function again(gone: Element): Element | null {
  const same = gone.id ? document.getElementById(gone.id) : sameLink(gone)
  return same && same.tagName === gone.tagName && isThere(same) ? same : null
}

function sameLink(gone: Element): Element | null {
  const href = gone.getAttribute('href')
  return href ? document.querySelector(`#${CONTENT_ID} a[href="${CSS.escape(href)}"]`) : null
}

function stand(at: Element | null): void {
  if (!(at instanceof HTMLElement)) return
  if (!at.matches(FOCUSABLE)) at.tabIndex = -1
  at.focus({ preventScroll: true })
}
