'use client'

import { useAnswer } from '#app/_doors/form-frame.tsx'

/** Codes just made, on this answer and nowhere else: neither kept nor shown again. */
export function HandedCodes({ label, hint }: { label: string; hint: string }) {
  const { state } = useAnswer()
  const codes = state.ok ? state.reason?.values?.codes : undefined
  if (!codes) return null
  return (
    <div className="grid gap-2 rounded-m border-2 border-accent bg-accent-soft p-4" data-keep>
      <p className="font-semibold">{label}</p>
      <output className="grid gap-x-8 gap-y-1 font-mono text-lg font-bold text-ink select-all sm:grid-cols-2">
        {String(codes)
          .split(' ')
          .map((code) => (
            <span key={code}>{code}</span>
          ))}
      </output>
      <p className="max-w-[65ch] text-soft">{hint}</p>
    </div>
  )
}
