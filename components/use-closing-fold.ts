import { type RefObject, useEffect } from 'react'

/** A native fold closes by Escape, which gives the focus back to its button, and by any of these events elsewhere on the page. */
export function useClosingFold(
  fold: RefObject<HTMLDetailsElement | null>,
  elsewhere: readonly ('click' | 'focusin' | 'pointerdown')[],
): void {
  useEffect(() => {
    const close = (event: Event) => {
      const box = fold.current
      if (!box?.open) return
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return
        box.open = false
        box.querySelector('summary')?.focus()
      } else if (event.target instanceof Node && !box.contains(event.target)) box.open = false
    }
    const events = ['keydown', ...elsewhere]
    for (const event of events) document.addEventListener(event, close)
    return () => {
      for (const event of events) document.removeEventListener(event, close)
    }
  }, [fold, elsewhere])
}
