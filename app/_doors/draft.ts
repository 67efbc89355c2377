/** What is typed in a form and not sent yet, kept in the tab: per account and page. Never a passphrase, never a file. */
type Kept = Record<string, string[]>

const PREFIX = 'draft:'
/** Asked of the form before its fields are filled: a list of rows can make the rows it needs. */
export const DRAFT_EVENT = 'permanence:draft'

export function draftKey(accountId: number, path: string, form: string): string {
  return `${PREFIX}${accountId}:${path}:${form}`
}

/** Something stands in it that the page did not put there. */
export function isBegun(form: HTMLFormElement): boolean {
  return fieldsOf(form).some(isChanged)
}

/** Written in before the scripts came: whoever follows a field hears it now, as if it were typed. */
export function sayBegun(form: HTMLFormElement): void {
  for (const field of fieldsOf(form).filter(isChanged)) tell(field)
}

export function saveDraft(form: HTMLFormElement, key: string): void {
  const kept: Kept = {}
  let changed = false
  for (const field of fieldsOf(form)) {
    changed ||= isChanged(field)
    const values = kept[field.name] ?? []
    kept[field.name] = values
    if (!isBox(field) || field.checked) values.push(field.value)
  }
  try {
    if (changed) sessionStorage.setItem(key, JSON.stringify(kept))
    else sessionStorage.removeItem(key)
  } catch {
    // Full or forbidden storage: the page works, without the net.
  }
}

export function hasDraft(key: string): boolean {
  return readDraft(key) !== null
}

/** Puts back what was kept, but over nothing typed meanwhile; true when that changed something. */
export function restoreDraft(form: HTMLFormElement, key: string): boolean {
  const kept = readDraft(key)
  if (!kept) return false
  // A page is read and written in before its scripts have come.
  for (const field of fieldsOf(form)) if (isChanged(field)) delete kept[field.name]
  form.dispatchEvent(new CustomEvent(DRAFT_EVENT, { detail: kept }))
  const seen = new Map<string, number>()
  let changed = false
  for (const field of fieldsOf(form)) {
    const values = kept[field.name]
    if (!values) continue
    if (isBox(field)) {
      // A click is what a person does: whoever listens hears it.
      if (field.checked !== values.includes(field.value)) {
        field.click()
        changed = true
      }
      continue
    }
    const position = seen.get(field.name) ?? 0
    seen.set(field.name, position + 1)
    const value = values[position]
    if (value === undefined || value === field.value) continue
    type(field, value)
    changed = true
  }
  return changed
}

/** Empties a form that was sent, but for what was written in it since. */
export function resetBut(form: HTMLFormElement, written: ReadonlySet<EventTarget>): void {
  const kept = fieldsOf(form).filter((field) => written.has(field) && !isBox(field))
  const values = kept.map(({ value }) => value)
  form.reset()
  kept.forEach((field, at) => {
    type(field, values[at] ?? '')
  })
}

export function dropDraft(key: string): void {
  try {
    sessionStorage.removeItem(key)
  } catch {
    // as above
  }
}

/** At sign-out: nothing typed by one person stays for the next at the same desk. */
export function dropAllDrafts(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
  } catch {
    // as above
  }
}

function readDraft(key: string): Kept | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    return typeof kept === 'object' && kept !== null ? (kept as Kept) : null
  } catch {
    return null
  }
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement
const UNKEPT = new Set(['password', 'file', 'hidden', 'submit', 'button', 'reset', 'image'])

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter((element): element is Field => {
    if (element instanceof HTMLInputElement)
      return element.name !== '' && (!UNKEPT.has(element.type) || 'draft' in element.dataset)
    return (
      (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) && element.name !== ''
    )
  })
}

function isBox(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')
}

function isChanged(field: Field): boolean {
  if (field instanceof HTMLSelectElement)
    // With no choice marked, the first one stands chosen.
    return (
      field.selectedIndex !==
      Math.max(
        0,
        [...field.options].findIndex((one) => one.defaultSelected),
      )
    )
  return isBox(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue
}

// Through the element's own setter, so that React's record of the value follows.
function type(field: Field, value: string): void {
  const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set
  setter?.call(field, value)
  tell(field)
}

function tell(field: Field): void {
  const event = isBox(field) || field instanceof HTMLSelectElement ? 'change' : 'input'
  field.dispatchEvent(new Event(event, { bubbles: true }))
}
