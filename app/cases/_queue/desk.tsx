'use client'

import { type ReactNode, useActionState, useEffect, useRef, useState } from 'react'
import { BLANK_FORM, type FormState } from '#app/_doors/form-data.ts'
import type { Locale } from '#app/_i18n/locale.ts'
import { type CountdownWords, countdownText, timeLeft } from '#app/_i18n/time.ts'
import { isShortcut, shortcutsOn, turnShortcuts } from '#components/shortcuts.ts'
import { subscribeToSeconds, trueNow } from '#components/ticker.ts'

import { SelectionBar, type SelectionWords, useSelection } from './selection.tsx'

export type DeskWords = {
  countdown: CountdownWords
  help: string
  close: string
  keysOn: string
  keysOff: string
  keys: { key: string; does: string }[]
  hints: string
  selection: SelectionWords
}

const SOON_S = 300

/**
 * The one script of the queue: moves through the rows by keyboard, sends what the keys ask, makes all countdowns run.
 * The rows are the server's; without this script the same buttons post the same form.
 */
export function Desk({
  action,
  now,
  locale,
  words,
  acts,
  children,
}: {
  action: (before: FormState, form: FormData) => Promise<FormState>
  now: string
  locale: Locale
  words: DeskWords
  /** Without it, the countdowns alone: nobody stands at the keys of a screen on the wall. */
  acts: boolean
  children: ReactNode
}) {
  const [answer, send, pending] = useActionState(action, BLANK_FORM)
  const form = useRef<HTMLFormElement>(null)
  const help = useRef<HTMLDialogElement>(null)
  const [on, setOn] = useState(true)
  const at = useRef(-1)
  const selection = useSelection(form)
  const { toggle } = selection
  const choosing = useRef(toggle)
  choosing.current = toggle

  useEffect(() => setOn(shortcutsOn()), [])

  useEffect(() => {
    const box = form.current
    if (!box) return
    return subscribeToSeconds(() => tick(box, trueNow(now), locale, words.countdown))
  }, [now, locale, words.countdown])

  // The row that had the focus has left the list: its place keeps it.
  useEffect(() => {
    if (at.current < 0 || document.activeElement !== document.body) return
    const links = linksOf(form.current)
    links[Math.min(at.current, links.length - 1)]?.focus()
  })

  useEffect(() => {
    if (!on || !acts) return
    const onKey = (event: KeyboardEvent) => {
      if (!isShortcut(event)) return
      const links = linksOf(form.current)
      const here = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement))
      const arrows = here >= 0
      // As they are shown, also with Caps Lock.
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
      const step = STEPS[key] ?? (arrows ? ARROWS[key] : undefined)
      if (step !== undefined) {
        const to = Math.max(0, Math.min(links.length - 1, here < 0 ? 0 : here + step))
        links[to]?.focus()
        links[to]?.closest('tr')?.scrollIntoView({ block: 'nearest' })
      } else if (key === '/') document.getElementById('queue-search')?.focus()
      else if (key === '?') help.current?.showModal()
      else if (key === 'x') {
        const row = links[here]?.closest('tr')
        if (row) choosing.current(row, event.shiftKey)
      } else if (key === 'g')
        document.querySelector<HTMLFormElement>('.q-several[data-chosen]')?.requestSubmit()
      else if (key === 'c' || key === 'a') {
        const row = links[here]?.closest('tr')
        if (row) press(form.current, key === 'a' ? 'acknowledge' : 'claim', row)
      } else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [on, acts])

  const remember = () => {
    const links = linksOf(form.current)
    at.current = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement))
  }

  const turn = () => {
    setOn(!on)
    turnShortcuts(!on)
  }

  return (
    <>
      {acts && (
        <p className="q-keys" data-screen-only>
          <button type="button" onClick={() => help.current?.showModal()}>
            <kbd>?</kbd> {words.help}
          </button>
          {on && <span aria-hidden="true">{words.hints}</span>}
        </p>
      )}
      {/* The bar of the chosen stays at the bottom of the screen as long as their list is on it. */}
      <div>
        <form ref={form} action={send} aria-busy={pending} onFocus={remember}>
          <div role="status" className={`q-answer${answer.ok || !answer.reason ? '' : ' q-refused'}`}>
            {answer.reason && <p>{answer.reason.text}</p>}
          </div>
          {children}
        </form>
        {acts && <SelectionBar selection={selection} words={words.selection} />}
      </div>
      <dialog ref={help} aria-labelledby="queue-help" className="q-help">
        <h2 id="queue-help">{words.help}</h2>
        <dl>
          {words.keys.map(({ key, does }) => (
            <div key={key}>
              <dt>
                {key.split(' ').map((one) => (
                  <kbd key={one}>{one}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <p>
          {/* First: who opens the list by its key and presses Enter closes it. */}
          <button type="button" onClick={() => help.current?.close()}>
            {words.close}
          </button>
          <button type="button" aria-pressed={on} onClick={turn}>
            {on ? words.keysOn : words.keysOff}
          </button>
        </p>
      </dialog>
    </>
  )
}

const STEPS: Record<string, number> = { j: 1, k: -1 }
const ARROWS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }

function linksOf(form: HTMLFormElement | null): HTMLAnchorElement[] {
  return form ? [...form.querySelectorAll<HTMLAnchorElement>('tbody th a')] : []
}

function press(form: HTMLFormElement | null, what: 'acknowledge' | 'claim', row: HTMLTableRowElement): void {
  const button = document.createElement('button')
  button.name = 'act'
  button.value = `${what}:${row.dataset.case}`
  button.hidden = true
  form?.append(button)
  form?.requestSubmit(button)
  button.remove()
}

function tick(box: HTMLElement, now: Date, locale: Locale, words: CountdownWords): void {
  for (const time of box.querySelectorAll<HTMLTimeElement>('time[data-due]')) {
    const due = new Date(time.dateTime)
    const text = countdownText(due, now, locale, words)
    if (time.textContent === text || !time.firstChild) continue
    time.firstChild.nodeValue = text
    const { overdue, totalSeconds } = timeLeft(due, now)
    time.dataset.due = overdue ? 'late' : totalSeconds <= SOON_S ? 'soon' : 'far'
  }
}
