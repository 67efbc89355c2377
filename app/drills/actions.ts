'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { exerciseCookieName, forgetCookie, sessionCookieOptions } from '#app/_auth/cookie.ts'
import { type Exercise, readExercise } from '#app/_auth/lookup.ts'
import { getExercise, getRealActor } from '#app/_auth/session.ts'
import { clockNow } from '#app/_doors/clock.ts'
import { formAction } from '#app/_doors/form.ts'
import type { FormState } from '#app/_doors/form-data.ts'
import { parseJson } from '#app/_doors/json.ts'
import { type Result, refusedField } from '#app/_doors/result.ts'
import { beginning } from '#app/_doors/rules/cut.ts'
import { cleanText } from '#app/_doors/text.ts'
import { wrongFields } from '#app/_doors/wrong-fields.ts'
import { entryOf } from '#app/exercises/rules/entry.ts'
import { resumeExercise, SPEEDS, startExercise, stopExercise } from './commands/run-exercise.ts'
import { DRILL_JSON, MAX_DRILL_BYTES } from './limits.ts'
import { readDrill } from './rules/drill.ts'
import { shippedDrills } from './shipped.ts'

const may = 'exercises.run'
const MOST_FAULTS = 20

const startInput = z.object({
  drill: z.string().default(''),
  crew: z.enum(['none', 'standard']),
  speed: z.coerce.number().refine((one) => SPEEDS.some((speed) => speed === one), 'forms.invalid'),
  rings: z.boolean().default(false),
})

/** A file chosen wins over a drill of the list. Nothing is kept of a file that is no drill. */
export async function startAction(before: FormState, form: FormData): Promise<FormState> {
  const chosen = form.get('file')
  const file = chosen instanceof File && chosen.size > 0 ? chosen : null
  const door = formAction(
    startInput,
    async (actor, { drill, crew, speed, rings }) => {
      const read = file ? await given(file) : listed(drill)
      return read.ok ? startExercise(actor, { ...read.value, crew, speed, rings }, clockNow()) : read
    },
    { may, next: ({ id }) => `/drills/${id}` },
  )
  return door(before, form)
}

const exerciseInput = z.object({ id: z.coerce.number().int().positive() })

export const stopAction = formAction(
  exerciseInput,
  (actor, input) => stopExercise(actor, input, clockNow()),
  {
    may,
    next: ({ id }) => `/drills/${id}`,
  },
)

/** Whoever lets it go on is in it again, if he was; everybody else enters when his real case lets him. */
export const resumeAction = formAction(
  exerciseInput,
  async (actor, input) => {
    const resumed = await resumeExercise(actor, input, clockNow())
    const own = resumed.ok ? await getExercise() : null
    if (own?.id === input.id) await enter(own)
    return resumed
  },
  { may, next: ({ id }) => `/drills/${id}` },
)

async function enter(exercise: Exercise): Promise<void> {
  const jar = await cookies()
  jar.set(exerciseCookieName(), entryOf(exercise), sessionCookieOptions())
}

/** From here on every page shows the exercise alone, until one leaves it or it ends. */
export async function enterAction(form: FormData): Promise<void> {
  const actor = await getRealActor()
  const found = actor && (await readExercise(actor, Number(form.get('id'))))
  if (found?.state !== 'running') redirect('/drills')
  await enter(found)
  redirect('/cases')
}

/** Back to the real world; also what one presses when the exercise was set aside or is over. */
export async function leaveAction(form: FormData): Promise<void> {
  const jar = await cookies()
  forgetCookie(jar, exerciseCookieName())
  const id = Number(form.get('id'))
  redirect(form.get('to') === 'exercise' && id > 0 ? `/drills/${id}` : '/cases')
}

type Given = Result<{ file: unknown; fileName: string }>

function listed(name: string): Given {
  const found = shippedDrills().find((one) => one.name === name)
  return found
    ? { ok: true, value: { file: found.file, fileName: found.name } }
    : refusedField('drill', 'drills.refused.none_chosen')
}

async function given(file: File): Promise<Given> {
  if (file.size > MAX_DRILL_BYTES) return refusedField('file', 'drills.refused.too_large')
  const json = parseJson(new Uint8Array(await file.arrayBuffer()), DRILL_JSON)
  if (!json.ok) return refusedField('file', 'drills.refused.not_json')
  const read = readDrill(json.value)
  if (read.ok)
    return { ok: true, value: { file: json.value, fileName: beginning(cleanText(file.name), 200) } }
  const faults = Object.entries(wrongFields(read.issues, json.value))
  const said = await Promise.all(faults.slice(0, MOST_FAULTS).map(([path, why]) => sayFault(path, why)))
  return refusedField('file', 'drills.refused.faults', { count: faults.length, list: said.join('\n') })
}

async function sayFault(path: string, why: { key: string; values?: Record<string, string | number> }) {
  const [all, t] = [await getTranslations(), await getTranslations('drills')]
  const [, index, field] = /^events\.(\d+)(?:\.(.+))?$/.exec(path) ?? []
  const where =
    index === undefined
      ? path || t('fault.whole')
      : t('fault.event', { number: Number(index) + 1, field: field ?? 'type' })
  const key = FAULT_WORDS[why.key] ?? why.key
  return t('fault.line', { where, why: all(key as never, why.values as never) })
}

/** A file does not answer questions: the words of a form do not fit it. */
const FAULT_WORDS: Record<string, string> = {
  'forms.required': 'drills.fault.missing',
  'forms.invalid': 'drills.fault.invalid',
}
