import incidents from './files/incidents.json' with { type: 'json' }
import { contradictions, type Loss, lossRecord } from './rules/record.ts'

/** The public losses that come with the product; where they come from is in files/SOURCES.md. One that is wrong is not shown. */
export function shippedLosses(): Loss[] {
  kept ??= (incidents as unknown[]).flatMap((one) => {
    const read = lossRecord.safeParse(one)
    return read.success && contradictions(read.data).length === 0 ? [read.data] : []
  })
  return kept
}

let kept: Loss[] | null = null
