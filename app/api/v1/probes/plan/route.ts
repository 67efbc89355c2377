import { keyDoor } from '#app/_doors/key-door.ts'
import { tellProbe } from '#app/fallbacks/commands/probed.ts'
import { runnerInput } from '#app/supervision/input.ts'

/** What a probe is to do now, and whether everything is to stop: asked every few seconds. */
export const GET = keyDoor(runnerInput, { key: 'probe', as: 'probes', run: tellProbe })
