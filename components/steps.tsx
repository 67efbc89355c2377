import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

export type Step = { key: string; label: ReactNode; note?: ReactNode; state: 'done' | 'current' | 'ahead' }

/** Where one stands on a way known in advance. `stateWords` says done and current to who does not see the marks. */
export function Steps({
  label,
  steps,
  stateWords,
}: {
  label: string
  steps: Step[]
  stateWords: { done: string; current: string }
}) {
  return (
    <ol aria-label={label} className="flex flex-col gap-y-1 md:flex-row md:flex-wrap md:gap-x-1">
      {steps.map((step, index) => (
        <li
          key={step.key}
          aria-current={step.state === 'current' ? 'step' : undefined}
          className={`flex grow items-start gap-2 border-l-4 px-2.5 py-1.5 md:min-w-28 md:basis-0 md:flex-col md:gap-1 md:border-t-4 md:border-l-0 ${
            step.state === 'current'
              ? 'border-accent bg-accent-soft font-bold'
              : step.state === 'done'
                ? 'border-accent'
                : 'border-line text-soft'
          }`}
        >
          <span className="inline-flex items-baseline gap-1.5">
            {step.state === 'done' ? (
              <Icon name="check" className="size-4 text-accent" />
            ) : (
              <span aria-hidden="true" className="text-sm tabular-nums">
                {index + 1}
              </span>
            )}
            {step.label}
            {step.state !== 'ahead' && <span className="sr-only">({stateWords[step.state]})</span>}
          </span>
          {step.note && <span className="text-sm font-normal text-soft">{step.note}</span>}
        </li>
      ))}
    </ol>
  )
}
