import type { AccountActor } from '#app/_auth/actor.ts'
import { proveLesson, saveLesson } from '#app/lessons/commands/keep.ts'
import { lessonInput } from '#app/lessons/input.ts'
import type { People } from './people.ts'

const DAY = 24 * 3_600_000

/** Three recommendations of a public inquiry, with owners of the demonstration: one late, one proved, one ahead. */
export async function seedLessons(people: People, now: Date): Promise<void> {
  const lead = people.leads[0] as AccountActor
  const on = (days: number) => new Date(now.getTime() + days * DAY).toISOString().slice(0, 10)
  const learned = { recordId: 'FR-2021-06-02-ORANGE', drillId: 'fr-2021-06-02-orange-national' }
  const lessons = [
    {
      recommendation: 'Ligne dédiée, jour et nuit, pour les centres et les services de l’État',
      dueOn: on(-12),
      proved: false,
    },
    {
      recommendation: 'Cellule de crise en trente minutes au lieu de deux heures',
      dueOn: on(20),
      proved: true,
    },
    { recommendation: 'Supervision de bout en bout des numéros d’urgence', dueOn: on(75), proved: false },
  ]
  for (const { proved, ...lesson } of lessons) {
    const made = await saveLesson(
      lead,
      lessonInput.parse({ ...lesson, ...learned, ownerName: lead.name }),
      new Date(now.getTime() - 30 * DAY),
    )
    if (!made.ok) throw new Error(made.reason.key)
    const proof = 'Exercice du mois dernier : cellule active en vingt-six minutes (exemple)'
    if (proved)
      await proveLesson(
        lead,
        { id: made.value.id, version: 1, proof, exerciseId: null },
        new Date(now.getTime() - DAY),
      )
  }
}
