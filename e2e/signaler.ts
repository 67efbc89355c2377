import type { Sender } from '#scripts/testing/own-service.ts'
import { reportOf } from '#scripts/testing/report-of.ts'
import { expect } from './fixtures.ts'

/** So long after the demonstration began, nothing that it reported is in any window of detection: the longest looks back a day. */
export const OUT_OF_EVERY_WINDOW_MS = 26 * 3_600_000

/** A report through the door of machines, as another organisation's tool sends it. */
export async function reportByMachine(base: string, sender: Sender): Promise<void> {
  const asked = reportOf(sender)
  const answer = await fetch(base + asked.path, asked)
  expect(answer.status, await answer.text()).toBe(201)
}
