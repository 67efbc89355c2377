import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { MachineActor } from '#app/_auth/actor.ts'
import { filesOf } from '../rules/document.ts'
import { readPublicView } from '../view.ts'

/**
 * The public page as files, for a second host that stands when this one does not: written at each change and every few minutes, each
 * whole or not at all. In an exercise nothing is written: the public is no part of it.
 */
export function publishStatus(actor: MachineActor, _: unknown, now: Date): Promise<void> {
  if (actor.exerciseId !== null) return Promise.resolve()
  // One after the other: what was read first is never written last.
  const turn = writing.then(() => write(now))
  writing = turn.catch(() => {})
  return turn
}

let writing: Promise<void> = Promise.resolve()

async function write(now: Date): Promise<void> {
  const folder = statusFolder()
  await mkdir(folder, { recursive: true })
  const address = `${(process.env.NEXTAUTH_URL ?? '').replace(/\/$/, '')}/status`
  for (const [name, text] of Object.entries(filesOf(await readPublicView(now), address))) {
    const fresh = join(folder, `.${name}.${process.pid}`)
    await writeFile(fresh, text)
    await rename(fresh, join(folder, name))
  }
}

function statusFolder(): string {
  return resolve(process.env.STATUS_DIR || join(process.env.PERMANENCE_DATA_DIR || '.data', 'status'))
}
