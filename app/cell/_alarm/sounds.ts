import type { AlarmKind } from '../rules/alarms.ts'

/** [hertz, milliseconds]; 0 Hz is silence. Told apart by rhythm as much as by pitch: a room is noisy, ears differ. */
const TUNES: Record<AlarmKind, [number, number][]> = {
  decision: [
    [880, 180],
    [660, 180],
    [880, 180],
    [660, 180],
    [880, 180],
    [660, 360],
  ],
  grave: [
    [740, 150],
    [0, 90],
    [740, 150],
    [0, 90],
    [740, 420],
  ],
  promise: [
    [520, 220],
    [0, 200],
    [520, 220],
  ],
}

const LOUDNESS = 0.35

let context: AudioContext | null = null
const listeners = new Set<(heard: boolean) => void>()

/** Told when the browser begins to let be heard, which may be a while after it was touched, or no longer does. Returns what ends it. */
export function onHearing(changed: (heard: boolean) => void): () => void {
  listeners.add(changed)
  return () => listeners.delete(changed)
}

function begun(): AudioContext {
  const made = new AudioContext()
  made.addEventListener('statechange', () => {
    for (const changed of listeners) changed(made.state === 'running')
  })
  return made
}

/** False: the browser lets nothing be heard before the person has touched the page, or has no sound at all. */
export async function mayBeHeard(): Promise<boolean> {
  if (typeof AudioContext !== 'function') return false
  context ??= begun()
  // Never settles while the browser waits for a touch.
  if (context.state === 'suspended') void context.resume().catch(() => {})
  await new Promise((settled) => setTimeout(settled))
  return context.state === 'running'
}

/** Plays the sound of this kind, once. */
export async function play(kind: AlarmKind): Promise<boolean> {
  if (!(await mayBeHeard()) || !context) return false
  let at = context.currentTime
  const loudness = context.createGain()
  loudness.gain.value = LOUDNESS
  loudness.connect(context.destination)
  for (const [hertz, ms] of TUNES[kind]) {
    const until = at + ms / 1000
    if (hertz > 0) {
      const voice = context.createOscillator()
      voice.type = 'triangle'
      voice.frequency.value = hertz
      voice.connect(loudness)
      voice.start(at)
      voice.stop(until)
    }
    at = until
  }
  return true
}
