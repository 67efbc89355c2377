import type postgres from 'postgres'
import type { AccountActor } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import { keepUpload } from '#app/directory/commands/import.ts'
import { importCalendar, tryCalendar } from '#app/migration/commands/import-calendar.ts'
import { answerCheck, blockMove, planMove } from '#app/migration/commands/plan.ts'
import { saveLine } from '#app/migration/commands/save-line.ts'
import { logMoveTest, moveStepTo, saveStep } from '#app/migration/commands/steps.ts'
import {
  checkInput,
  lineInput,
  moveInput,
  moveTestInput,
  stepInput,
  stepMovedInput,
} from '#app/migration/input.ts'
import { CALENDAR_COLUMNS } from '#app/migration/rules/calendar.ts'
import type { StepKind } from '#db/schema/migration.ts'
import type { People } from './people.ts'

const DAY = 24 * 3_600_000

type Line = {
  kind: string
  stage?: string
  operator: string
  exchange: string
  path?: string
  channels?: number
  power?: string
}
/** One centre on its way: days before now at which each step was done; then what is planned, in days from now. */
type Story = {
  organisation: string
  target: string
  lines: Line[]
  done: [StepKind, number][]
  planned: [StepKind, number][]
  proved: string[]
  blocked?: [string, string]
}

const T2: Line = {
  kind: 't2',
  operator: 'Télécom Exemple',
  exchange: 'Central Exemple A',
  path: 'Rue du Modèle',
  channels: 30,
  power: 'remote',
}
const SIP: Line = {
  kind: 'sip',
  operator: 'Fibre Fictive',
  exchange: 'Central Exemple B',
  path: 'Avenue du Spécimen',
  channels: 40,
  power: 'battery',
}

const STORIES: Story[] = [
  {
    organisation: 'SAMU 59 – Nord',
    target: 'Deux trunks SIP de deux opérateurs, un accès mobile de secours.',
    lines: [T2, { ...SIP, stage: 'planned' }],
    done: [
      ['study', 40],
      ['order', 25],
    ],
    planned: [
      ['second_access', 12],
      ['number_tests', 20],
      ['cut_over', 30],
    ],
    proved: ['phone_outside', 'neighbour_agreed', 'hidden_lines_found'],
    blocked: ['Fourreau bouché devant le site : génie civil à reprendre', 'Fibre Fictive'],
  },
  {
    organisation: 'SAMU 62 – Pas-de-Calais',
    target: 'Deux trunks SIP par deux centraux.',
    lines: [T2, { ...T2, operator: 'Réseau Modèle', path: 'Place de l’Exemple' }],
    done: [['study', 10]],
    planned: [],
    proved: ['two_accesses', 'two_operators'],
  },
  {
    organisation: 'SAMU 37 – Indre-et-Loire',
    target: 'Deux trunks SIP, ancien T2 retiré.',
    lines: [
      { ...T2, stage: 'removed' },
      SIP,
      { ...SIP, operator: 'Réseau Modèle', exchange: 'Central Exemple C', path: 'Quai du Témoin' },
    ],
    done: [
      ['study', 200],
      ['order', 180],
      ['second_access', 90],
      ['number_tests', 60],
      ['cut_over', 50],
      ['watch', 40],
      ['removal', 20],
    ],
    planned: [],
    proved: [
      'two_accesses',
      'two_operators',
      'two_paths',
      'take_over_tested',
      'batteries',
      'rerouted_from_outside',
      'phone_outside',
      'neighbour_agreed',
      'call_data_checked',
      'hidden_lines_found',
      'maintainer_on_call',
    ],
  },
]

/** Sites in three states of their way to IP and a made-up calendar, by the real commands. */
export async function seedMoves(sql: postgres.Sql, people: People, now: Date): Promise<void> {
  const [agent, lead] = [people.agents[0], people.leads[0]] as [AccountActor, AccountActor]
  await bringCalendar(lead, now)
  for (const story of STORIES) {
    const [site] = await sql<{ id: number; numbers: string[] }[]>`select s.id::int, s.numbers from site s
      join organisation o on o.id = s.organisation_id where o.name = ${story.organisation}`
    if (!site) throw new Error(`no site of ${story.organisation}`)
    await tell(agent, story, site, now)
  }
}

async function tell(
  agent: AccountActor,
  story: Story,
  { id: siteId, numbers }: { id: number; numbers: string[] },
  now: Date,
) {
  const ago = (days: number) => new Date(now.getTime() - days * DAY)
  const first = Math.max(...story.done.map(([, days]) => days)) + 1
  await well(
    planMove(agent, moveInput.parse({ siteId, target: story.target, ownerName: agent.name }), ago(first)),
  )
  for (const { stage = 'in_service', ...line } of story.lines)
    await well(saveLine(agent, lineInput.parse({ siteId, stage, ...line }), ago(first)))
  const write = (kind: StepKind, at: Date, written: Date) =>
    well(
      saveStep(
        agent,
        stepInput.parse({
          siteId,
          kind,
          startsAt: at.toISOString(),
          endsAt: new Date(at.getTime() + DAY / 12).toISOString(),
          ownerName: agent.name,
          wayBack:
            kind === 'cut_over'
              ? 'Renvoi de nuit sur l’ancien accès en cinq minutes, sur décision du chef de salle.'
              : null,
        }),
        written,
      ),
    )
  for (const [kind, days] of story.done) {
    const { id: stepId } = await write(kind, ago(days), ago(days))
    const test = (moment: string, number: string) =>
      well(
        logMoveTest(
          agent,
          moveTestInput.parse({
            siteId,
            stepId,
            moment,
            number,
            network: 'mobile, Mobile Témoin',
            passed: 5,
            tried: 5,
          }),
          ago(days),
        ),
      )
    const tested = kind === 'cut_over' || kind === 'number_tests'
    for (const number of tested ? numbers : []) await test('before', number)
    const turn = (version: number, to: string) =>
      well(moveStepTo(agent, stepMovedInput.parse({ siteId, stepId, version, to }), ago(days)))
    await turn(1, 'under_way')
    for (const number of kind === 'cut_over' ? numbers : []) await test('after', number)
    await turn(2, 'done')
  }
  for (const [kind, days] of story.planned) await write(kind, ago(-days), ago(1))
  for (const item of story.proved)
    await well(
      answerCheck(
        agent,
        checkInput.parse({
          siteId,
          item,
          answer: 'yes',
          proof: 'Compte rendu de visite (exemple)',
          provedOn: ago(30).toISOString().slice(0, 10),
        }),
        ago(1),
      ),
    )
  if (story.blocked)
    await well(blockMove(agent, { siteId, what: story.blocked[0], waitsFor: story.blocked[1] }, ago(1)))
}

async function bringCalendar(lead: AccountActor, now: Date): Promise<void> {
  const on = (days: number) => new Date(now.getTime() + days * DAY).toISOString().slice(0, 10)
  const lines = [
    CALENDAR_COLUMNS.join(';'),
    `59350;EXEMPLE-1;${on(60)};${on(420)};annoncée`,
    `62041;EXEMPLE-2;${on(-200)};${on(160)};en cours`,
    `37261;EXEMPLE-2;${on(-300)};${on(60)};en cours`,
    `69123;EXEMPLE-3;${on(300)};${on(700)};prévue`,
  ]
  const bytes = new TextEncoder().encode(lines.join('\n'))
  const { id } = await well(keepUpload(lead, { fileName: 'calendrier-exemple.csv', bytes }, now, 'copper'))
  const { shown } = await well(tryCalendar(lead, id))
  await well(importCalendar(lead, { id, shown }, now))
}

async function well<T>(result: Promise<Result<T>>): Promise<T> {
  const answered = await result
  if (!answered.ok) throw new Error(`${answered.reason.key} ${JSON.stringify(answered)}`)
  return answered.value
}
