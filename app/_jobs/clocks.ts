import type { MachineActor } from '#app/_auth/actor.ts'
import { missDeadlines } from '#app/cases/commands/miss-deadlines.ts'
import { advanceCrisis } from '#app/crisis/commands/advance.ts'
import { askForCalls } from '#app/crisis/commands/notice-answers.ts'

/**
 * Everything that happens because time passes and nobody acts. Each reads columns and `now` alone: run late it does what
 * is due, run twice it does it once. The worker calls it every second, a drill at every minute of its own.
 */
export async function turnClocks(clock: MachineActor, now: Date): Promise<void> {
  // The crisis first: nothing may make it wait.
  await advanceCrisis(clock, now)
  await missDeadlines(clock, now)
  await askForCalls(clock, now)
}
