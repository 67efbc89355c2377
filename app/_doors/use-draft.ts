import { type RefObject, useEffect, useState } from 'react'
import { draftKey, dropDraft, hasDraft, restoreDraft, saveDraft, sayBegun } from './draft.ts'
import type { FormState } from './form-data.ts'

/** What is typed in a form is kept in the tab until it is sent; `restored`: it was put back, and can be discarded. */
export function useDraft(
  form: RefObject<HTMLFormElement | null>,
  key: RefObject<string | null>,
  state: FormState,
  pending: boolean,
  accountId: number | null,
  name: string,
) {
  const [restored, setRestored] = useState(false)

  useEffect(() => {
    const element = form.current
    if (!element || accountId === null) return
    const mine = draftKey(accountId, location.pathname, name)
    key.current = mine
    sayBegun(element)
    if (hasDraft(mine)) setRestored(restoreDraft(element, mine))
    let timer: ReturnType<typeof setTimeout> | undefined
    const save = () => {
      if (key.current) saveDraft(element, key.current)
    }
    const soon = () => {
      key.current = mine
      clearTimeout(timer)
      timer = setTimeout(save, 300)
    }
    element.addEventListener('input', soon)
    element.addEventListener('change', soon)
    window.addEventListener('pagehide', save)
    return () => {
      clearTimeout(timer)
      element.removeEventListener('input', soon)
      element.removeEventListener('change', soon)
      window.removeEventListener('pagehide', save)
      save()
    }
  }, [form, key, accountId, name])

  useEffect(() => {
    if (pending && form.current && key.current) saveDraft(form.current, key.current)
  }, [pending, form, key])

  useEffect(() => {
    if (!state.ok) return
    setRestored(false)
    if (key.current) dropDraft(key.current)
  }, [state, key])

  function discard() {
    form.current?.reset()
    if (key.current) dropDraft(key.current)
    setRestored(false)
  }
  return { restored, discard }
}
