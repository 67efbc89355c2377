import { type RefObject, useEffect } from 'react'

/**
 * A native fold closes by Escape, which gives the focus back to its button, by any of these events elsewhere on the page, and by a link of
 * its own: the page it leads to keeps the frame.
 */
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
      } else if (
        event.target instanceof Element &&
        (!box.contains(event.target) || isFollowed(event, event.target))
      )
        box.open = false
    }
    const events = ['keydown', ...elsewhere]
    for (const event of events) document.addEventListener(event, close)
    return () => {
      for (const event of events) document.removeEventListener(event, close)
    }
  }, [fold, elsewhere])
}

function isFollowed({ type }: Event, target: Element): boolean {
  return type === 'click' && target.closest('a[href]') !== null
}
