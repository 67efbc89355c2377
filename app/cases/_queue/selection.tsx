'use client'

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { SEVERAL_FORM } from './selection-form.ts'

export type SelectionWords = { count: string; go: string; all: string; none: string; alone: string }

/**
 * Which rows are chosen. A row that leaves the list stays chosen, and is still chosen when it comes back; with Shift, all of them
 * from the last one pressed.
 */
export function useSelection(list: RefObject<HTMLFormElement | null>) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(NONE)
  const last = useRef<string | null>(null)

  const put = useCallback(
    (reference: string, on: boolean, range: boolean) => {
      const all = boxesOf(list.current).map((box) => box.value)
      const [from, to] = [last.current ? all.indexOf(last.current) : -1, all.indexOf(reference)]
      const between = range && from >= 0 ? all.slice(Math.min(from, to), Math.max(from, to) + 1) : [reference]
      last.current = reference
      setChosen((before) => {
        const after = new Set(before)
        for (const one of between) on ? after.add(one) : after.delete(one)
        return after
      })
    },
    [list],
  )

  useEffect(() => {
    const rows = list.current
    if (!rows) return
    // A click and the space bar both: a change alone does not say whether Shift was held.
    const onClick = (event: MouseEvent) => {
      const box = event.target
      if (box instanceof HTMLInputElement && box.matches(BOX)) put(box.value, box.checked, event.shiftKey)
    }
    rows.addEventListener('click', onClick)
    // Ticked before the script came, or by the browser that came back to this page.
    const before = boxesOf(rows).flatMap((box) => (box.checked ? [box.value] : []))
    if (before.length > 0) setChosen(new Set(before))
    return () => rows.removeEventListener('click', onClick)
  }, [list, put])

  // The rows are the server's and come anew.
  useEffect(() => {
    for (const box of boxesOf(list.current)) box.checked = chosen.has(box.value)
  })

  return {
    chosen,
    /** By the keys: this row, or all from the last one to it. */
    toggle: (row: Element, range: boolean) => {
      const box = row.querySelector<HTMLInputElement>(BOX)
      if (box) put(box.value, range || !box.checked, range)
    },
    all: () => setChosen(new Set([...chosen, ...boxesOf(list.current).map((box) => box.value)])),
    none: () => setChosen(NONE),
  }
}

/** What is done with the rows chosen: a form that leads to their page. Without a script it is always there. */
export function SelectionBar({
  selection: { chosen, all, none },
  words,
}: {
  selection: ReturnType<typeof useSelection>
  words: SelectionWords
}) {
  const n = chosen.size
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const bar = form.current
    if (!bar || chosen.size === 0) return
    // Not the boxes that are ticked on the page: a chosen row may have left it.
    const send = ({ formData }: FormDataEvent) => {
      formData.delete('c')
      for (const one of chosen) formData.append('c', one)
    }
    bar.addEventListener('formdata', send)
    return () => bar.removeEventListener('formdata', send)
  }, [chosen])
  return (
    <form
      ref={form}
      id={SEVERAL_FORM}
      action="/cases/several"
      method="get"
      data-screen-only
      className="q-several"
      data-chosen={n > 0 ? n : undefined}
    >
      <p role="status">{n > 0 ? words.count.replace('{count}', String(n)) : ''}</p>
      <noscript>{words.alone}</noscript>
      <button type="submit" className="p">
        {words.go} {n > 0 && <kbd>G</kbd>}
      </button>
      {n > 0 && (
        <>
          <button type="button" onClick={all}>
            {words.all}
          </button>
          <button type="button" onClick={none}>
            {words.none}
          </button>
        </>
      )}
    </form>
  )
}

const NONE: ReadonlySet<string> = new Set()
const BOX = 'input[name=c]'

function boxesOf(list: HTMLElement | null): HTMLInputElement[] {
  return list ? [...list.querySelectorAll<HTMLInputElement>(BOX)] : []
}
