import { getTranslations } from 'next-intl/server'
import { type Account, lastMinuteOf, marksUpTo, placeOnAxis, STAGES } from '../rules/account.ts'

/**
 * Each loss on a line of its own, its stages as numbered marks from the first failed call. For the eye; the table beneath says
 * the same in words.
 */
export async function Axis({ rows }: { rows: { account: Account; title: string }[] }) {
  const t = await getTranslations('comparisons')
  const last = lastMinuteOf(rows.map(({ account }) => account))
  const left = (minutes: number) => `${(placeOnAxis(minutes, last) * 94 + 2).toFixed(2)}%`
  return (
    <figure
      role="img"
      aria-label={t('picture')}
      className="grid gap-1 rounded-m border border-line bg-raised p-3"
    >
      <div aria-hidden="true" className="grid gap-1">
        {rows.map(({ account, title }) => (
          <div key={account.id} className="grid gap-0.5">
            <p className="text-sm font-semibold">{title}</p>
            <div
              className={`relative h-10 border-b-2 ${account.kind === 'reconstruction' ? 'border-dashed border-warn' : 'border-edge'}`}
            >
              {marksUpTo(last).map((minute) => (
                <span
                  key={minute}
                  className="absolute inset-y-0 border-l border-line"
                  style={{ left: left(minute) }}
                />
              ))}
              {STAGES.map((stage, rank) => {
                const { minutes, doubtful } = account.stages[stage]
                if (minutes === null) return null
                return (
                  <span
                    key={stage}
                    title={t(`stages.${stage}`)}
                    className={`absolute flex size-5 -translate-x-1/2 items-center justify-center rounded-full border text-xs font-bold ${rank % 2 ? 'top-0' : 'bottom-0'} ${doubtful ? 'border-dashed border-accent bg-raised text-accent' : 'border-accent bg-accent text-on-accent'}`}
                    style={{ left: left(minutes) }}
                  >
                    {rank + 1}
                  </span>
                )
              })}
            </div>
          </div>
        ))}
        <div className="relative h-5 text-xs text-soft">
          {marksUpTo(last).map((minute) => (
            <span
              key={minute}
              className="absolute -translate-x-1/2 whitespace-nowrap"
              style={{ left: left(minute) }}
            >
              {minute < 60 ? `${minute}` : `${minute / 60} h`}
            </span>
          ))}
        </div>
        <p className="flex flex-wrap gap-x-4 text-sm">
          {STAGES.map((stage, rank) => (
            <span key={stage}>
              {rank + 1} {t(`stages.${stage}`)}
            </span>
          ))}
        </p>
      </div>
    </figure>
  )
}
