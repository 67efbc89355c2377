const KEPT = 'shortcuts'
/** A box that is ticked is no text. */
const TYPED_IN =
  'input:not([type="checkbox"], [type="radio"], [type="submit"]), textarea, select, [contenteditable], [role="textbox"], [role="combobox"], [role="searchbox"]'

/** A key pressed alone, outside a field and a dialog, while single keys are on: one choice for the whole cell. */
export function isShortcut(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing)
    return false
  if (event.target instanceof HTMLElement && event.target.closest(TYPED_IN)) return false
  return shortcutsOn() && !document.querySelector('dialog[open]')
}

export function shortcutsOn(): boolean {
  try {
    return localStorage.getItem(KEPT) !== 'off'
  } catch {
    return true
  }
}

export function turnShortcuts(on: boolean): void {
  try {
    localStorage.setItem(KEPT, on ? 'on' : 'off')
  } catch {
    // Storage refused: the choice lasts as long as the page.
  }
}
