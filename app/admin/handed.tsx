'use client'

import { useAnswer } from '#app/_doors/form-frame.tsx'

/** A secret just made, on this answer and nowhere else: neither kept nor shown again. */
export function Handed({ label, hint }: { label: string; hint: string }) {
  const { state } = useAnswer()
  const secret = state.ok ? state.reason?.values?.secret : undefined
  if (!secret) return null
  return (
    <div className="rounded-m border-2 border-accent bg-accent-soft p-4" data-keep>
      <p className="font-semibold">{label}</p>
      <output className="mt-1 block font-mono text-xl font-bold break-all text-ink select-all">
        {secret}
      </output>
      <p className="mt-1 max-w-[65ch] text-soft">{hint}</p>
    </div>
  )
}
