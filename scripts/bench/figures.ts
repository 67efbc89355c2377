import { writeFileSync } from 'node:fs'
import { closeClients } from '#db/client.ts'
import { build } from '../start/build.ts'
import { openOwnService, type World } from '../testing/own-service.ts'

/** Beside the figures, which alone go to the standard output. */
export const say = (line: string) => console.error(line)

/** As JSON on the standard output, and in the file `out` when one is named. */
export function tell(figures: object, out: string | undefined): void {
  const text = JSON.stringify({ at: new Date().toISOString(), ...figures }, null, 2)
  if (out) writeFileSync(out, `${text}\n`)
  console.log(text)
}

/** Builds, starts a service of its own, tells what `measure` finds there, and takes it down whatever happens. */
export async function figuresOf(
  out: string | undefined,
  measure: (world: World) => Promise<object>,
): Promise<void> {
  await build(say)
  const world = await openOwnService(say)
  try {
    tell(await measure(world), out)
  } finally {
    await closeClients()
    await world.close()
  }
  if (process.connected) process.disconnect()
}
