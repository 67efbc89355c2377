import { acknowledgeCase } from '#app/cases/commands/acknowledge.ts'
import { answerCase } from '#app/cases/commands/answer.ts'
import { logAttempt } from '#app/cases/commands/attempt.ts'
import { claimCase } from '#app/cases/commands/claim.ts'
import { closeCase } from '#app/cases/commands/close.ts'
import { confirmCase } from '#app/cases/commands/confirm.ts'
import { diagnoseCase, putWorkaround } from '#app/cases/commands/diagnose.ts'
import { attachDuplicate } from '#app/cases/commands/duplicate.ts'
import { setLevel } from '#app/cases/commands/level.ts'
import { putOutOfScope } from '#app/cases/commands/out-of-scope.ts'
import { reopenCase } from '#app/cases/commands/reopen.ts'
import { restoreCase } from '#app/cases/commands/restore.ts'
import { stillFailing as sayStillFailing } from '#app/cases/commands/still-failing.ts'
import { recordTests } from '#app/cases/commands/tests.ts'
import { noteCase, updateCase } from '#app/cases/commands/update.ts'
import { waitForReporter } from '#app/cases/commands/wait.ts'
import { type TestRow, testRow } from '#app/cases/fields.ts'
import { takeResiduals } from '#app/incidents/commands/attach.ts'
import { declareIncident } from '#app/incidents/commands/declare.ts'
import { changeIncidentState } from '#app/incidents/commands/state.ts'
import type { CAUSES } from '#db/reference/vocabulary.ts'
import type { Step } from './stage.ts'

/** The steps of a scene, each `at` minutes after its report. */
type Network = Partial<TestRow>
const row = (passed: number, tried: number, network: Network = {}): TestRow =>
  testRow.parse({ passed, tried, ...network })

export const acknowledge = (at: number, promise = 30): Step => ({
  at,
  run: ({ agent, reference, version, promise: until, now }) =>
    acknowledgeCase(agent, { reference, version, nextContactAt: until(promise, 'acknowledged') }, now),
})

export const tests = (at: number, passed: number, tried: number, network: Network, text?: string): Step => ({
  at,
  run: ({ agent, reference, version, now }) =>
    recordTests(
      agent,
      { reference, version, tests: [row(passed, tried, network)], text: text ?? null, factAt: null },
      now,
    ),
})

export const ownTests = (at: number, passed: number, tried: number, network: Network): Step => ({
  at,
  run: ({ reporter, reference, version, now }) =>
    recordTests(
      reporter,
      { reference, version, tests: [row(passed, tried, network)], text: null, factAt: null },
      now,
    ),
})

export const update = (at: number, text: string, promise = 30): Step => ({
  at,
  run: ({ agent, reference, version, promise: until, now }) =>
    updateCase(agent, { reference, version, text, nextContactAt: until(promise) }, now),
})

export const note = (at: number, text: string): Step => ({
  at,
  run: ({ agent, reference, version, now }) =>
    noteCase(agent, { reference, version, text, certainty: 'supposed' }, now),
})

export const claim = (at: number): Step => ({
  at,
  run: ({ agent, reference, version, now }) => claimCase(agent, { reference, version, takeOver: false }, now),
})

export const level = (at: number, to: number, reason: string): Step => ({
  at,
  run: async ({ lead, reference, version, now }) => {
    const set = await setLevel(lead, { reference, version, level: to, reason }, now)
    // Evening peak: the rule may have put it there already.
    return set.ok || set.reason.key === 'cases.refused.same_level' ? { ok: true, value: null } : set
  },
})

export const diagnose = (at: number, text: string): Step => ({
  at,
  run: ({ agent, reference, version, now }) => diagnoseCase(agent, { reference, version, text }, now),
})

export const workaround = (at: number, text: string, promise = 30): Step => ({
  at,
  run: ({ agent, reference, version, promise: until, now }) =>
    putWorkaround(
      agent,
      { reference, version, text, fallback: 'active', nextContactAt: until(promise, 'workaround') },
      now,
    ),
})

export const wait = (at: number, text: string, promise: number): Step => ({
  at,
  run: ({ agent, reference, version, promise: until, now }) =>
    waitForReporter(
      agent,
      { reference, version, text, nextContactAt: until(promise, 'waiting_reporter') },
      now,
    ),
})

export const answer = (at: number, text: string): Step => ({
  at,
  run: ({ reporter, reference, version, now }) => answerCase(reporter, { reference, version, text }, now),
})

export const restore = (at: number, text: string, promise = 12 * 60): Step => ({
  at,
  run: ({ agent, reference, version, promise: until, now }) =>
    restoreCase(
      agent,
      { reference, version, text, restoredAt: null, nextContactAt: until(promise, 'restored') },
      now,
    ),
})

export const confirm = (at: number, tried: number, network: Network, text?: string): Step => ({
  at,
  run: ({ reporter, reference, version, now }) =>
    confirmCase(
      reporter,
      { reference, version, tests: [row(tried, tried, network)], text: text ?? null, saidBy: null },
      now,
    ),
})

export const stillFailing = (at: number, text: string, passed: number, tried: number): Step => ({
  at,
  run: ({ reporter, reference, version, now }) =>
    sayStillFailing(reporter, { reference, version, text, tests: [row(passed, tried)] }, now),
})

export const attempt = (at: number, text: string, promise: number): Step => ({
  at,
  run: ({ agent, reference, version, promise: until, now }) =>
    logAttempt(agent, { reference, version, text, nextContactAt: until(promise) }, now),
})

export const close = (at: number, cause: (typeof CAUSES)[number], text?: string): Step => ({
  at,
  run: ({ agent, reference, version, now }) =>
    closeCase(agent, { reference, version, cause, text: text ?? null }, now),
})

export const reopen = (at: number, reason: string, promise = 30): Step => ({
  at,
  run: ({ agent, reference, version, promise: until, now }) =>
    reopenCase(agent, { reference, version, reason, nextContactAt: until(promise, 'checking') }, now),
})

export const duplicateOf = (at: number, key: string, reason: string): Step => ({
  at,
  run: ({ agent, reference, version, referenceOf, now }) =>
    attachDuplicate(agent, { reference, version, of: referenceOf(key), reason }, now),
})

export const outOfScope = (at: number, reason: string): Step => ({
  at,
  run: ({ agent, reference, version, now }) => putOutOfScope(agent, { reference, version, reason }, now),
})

/** The incident that holds the case of this scene; confirmed only if its own tests have not done so already. */
export const incident = (
  at: number,
  to: 'confirmed' | 'restored' | 'closed',
  text: string,
  cause: (typeof CAUSES)[number] | null = null,
): Step => ({
  at,
  run: async ({ lead, incident: reference, now }) => {
    const done = await changeIncidentState(
      lead,
      { incident: reference ?? '', version: null, to, text, cause, nextContactAt: null },
      now,
    )
    const already = !done.ok && to === 'confirmed' && done.reason.values?.from === 'confirmed'
    return already ? { ok: true, value: null } : done
  },
})

/** The lead sees one cause: the incident opens around the case of this scene. */
export const declare = (at: number, reason: string): Step => ({
  at,
  run: ({ lead, reference, now }) => declareIncident(lead, { case: reference, reason }, now),
})

/** Somebody answers by name for what the incident left behind. */
export const answerFor = (at: number): Step => ({
  at,
  run: ({ agent, reference, incident, now }) =>
    takeResiduals(agent, { incident: incident ?? '', cases: [reference] }, now),
})
