'use client'

import { useAnswer } from '#app/_doors/form-frame.tsx'
import { Button, type ButtonSize } from '#components/button.tsx'

/** Says that it works; pressing it twice sends once. */
export function SendButton({
  label,
  sending,
  size = 'large',
  kind = 'primary',
}: {
  label: string
  sending: string
  size?: ButtonSize
  kind?: 'primary' | 'secondary' | 'danger'
}) {
  const { pending } = useAnswer()
  return (
    <Button kind={kind} size={size} aria-disabled={pending || undefined} className="max-sm:w-full">
      {pending ? sending : label}
    </Button>
  )
}
