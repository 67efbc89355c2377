import type { Role } from '#db/schema/account.ts'

/** Whoever may act: an account by its role, or the machine (clock, drill, seed). The sign-in door may nothing of this. */
export type Asker = Role | 'machine'
type Answer = Record<Asker, boolean>

const [yes, no] = [true, false]

// A new role is a new column here; the build is red until each line says yes or no to it. `wall` is a screen on the
// wall of the room: it shows the queue and the cell to all who are there, and nobody acts through it.
const NOBODY_BUT = {
  all: { reporter: yes, agent: yes, lead: yes, director: yes, admin: yes, wall: yes, machine: no },
  people: { reporter: yes, agent: yes, lead: yes, director: yes, admin: yes, wall: no, machine: no },
  callers: { reporter: yes, agent: yes, lead: yes, director: yes, admin: yes, wall: no, machine: yes },
  reporters: { reporter: yes, agent: no, lead: no, director: no, admin: no, wall: no, machine: no },
  room: { reporter: no, agent: yes, lead: yes, director: yes, admin: yes, wall: yes, machine: yes },
  cell: { reporter: no, agent: yes, lead: yes, director: yes, admin: yes, wall: no, machine: yes },
  desk: { reporter: no, agent: yes, lead: yes, director: yes, admin: yes, wall: no, machine: no },
  directors: { reporter: no, agent: no, lead: no, director: yes, admin: yes, wall: no, machine: no },
  leads: { reporter: no, agent: no, lead: yes, director: yes, admin: yes, wall: no, machine: no },
  leadsOrMachine: { reporter: no, agent: no, lead: yes, director: yes, admin: yes, wall: no, machine: yes },
  administrators: { reporter: no, agent: no, lead: no, director: no, admin: yes, wall: no, machine: yes },
} satisfies Record<string, Answer>

/**
 * Who may what: the one table. Pages, doors and commands ask it by `may`; the policies of the database ask `app.may`, made
 * of the same lines and compared with them by a test; /admin/roles shows it.
 */
const TABLE = {
  // a report and its case
  'cases.report': NOBODY_BUT.callers,
  'cases.follow': NOBODY_BUT.reporters,
  // an authority on a case of its territory, a centre on what its neighbours see: policies and functions say which
  'cases.observe': NOBODY_BUT.reporters,
  'cases.watch': NOBODY_BUT.room,
  'cases.work': NOBODY_BUT.cell,
  // incidents and the crisis
  'incidents.declare': NOBODY_BUT.leads,
  'crisis.answer': NOBODY_BUT.cell,
  'crisis.decide': NOBODY_BUT.leadsOrMachine,
  // the desk
  'cell.watch': NOBODY_BUT.room,
  'cell.change_state': NOBODY_BUT.leads,
  'handover.sign': NOBODY_BUT.cell,
  'roster.own': NOBODY_BUT.cell,
  'roster.keep': NOBODY_BUT.leads,
  // test calls: who may be called and how often, the switch that stops them; works that are announced
  'supervision.keep': NOBODY_BUT.leadsOrMachine,
  'works.announce': NOBODY_BUT.cell,
  // situation reports
  'notices.read': NOBODY_BUT.all,
  'notices.acknowledge': NOBODY_BUT.people,
  'notices.write': NOBODY_BUT.cell,
  // words to many
  'instructions.read': NOBODY_BUT.people,
  'instructions.write': NOBODY_BUT.cell,
  // an actor that is asked, an authority of the territory: policies and rules say which
  'instructions.answer': NOBODY_BUT.reporters,
  'instructions.decide': NOBODY_BUT.leadsOrMachine,
  'fallbacks.look': NOBODY_BUT.desk,
  'public.open': NOBODY_BUT.directors,
  // exercises and reviews
  'exercises.enter': NOBODY_BUT.cell,
  'exercises.run': NOBODY_BUT.leadsOrMachine,
  'reviews.read': NOBODY_BUT.cell,
  'reviews.export': NOBODY_BUT.leads,
  // the service itself
  'operations.read': NOBODY_BUT.cell,
  'operations.retry': NOBODY_BUT.leads,
  // from the switched network to IP: a centre its own sites, an authority those of its territory (policies say which)
  'migration.read': NOBODY_BUT.people,
  'migration.work': NOBODY_BUT.cell,
  'migration.import': NOBODY_BUT.leadsOrMachine,
  // what is learnt: records of losses, comparisons and lessons are read with the reviews
  'register.keep': NOBODY_BUT.leadsOrMachine,
  'lessons.keep': NOBODY_BUT.leadsOrMachine,
  'directory.keep': NOBODY_BUT.administrators,
  'accounts.keep': NOBODY_BUT.administrators,
  'routing.keep': NOBODY_BUT.administrators,
  'settings.keep': NOBODY_BUT.administrators,
  // each for himself
  'forms.send': NOBODY_BUT.people,
  'inbox.read': NOBODY_BUT.people,
  'account.own': NOBODY_BUT.people,
} satisfies Record<string, Answer>

export type Capability = keyof typeof TABLE
export const CAPABILITIES = Object.keys(TABLE) as Capability[]

/**
 * What these allow belongs to no exercise: the people, their roster, the directory, what is planned and learnt. It is done in the
 * real world and by its clock, whatever exercise is open in the browser.
 */
const REAL = [
  'roster.own',
  'roster.keep',
  'supervision.keep',
  'works.announce',
  'operations.retry',
  'migration.work',
  'migration.import',
  'register.keep',
  'lessons.keep',
  'directory.keep',
  'accounts.keep',
  'routing.keep',
  'settings.keep',
  'account.own',
] as const satisfies Capability[]
export type RealCapability = (typeof REAL)[number]

export function isReal(capability: Capability): capability is RealCapability {
  return REAL.some((one) => one === capability)
}

/** On whose side a role stands: the journal signs with it, and a case is told apart by it. */
export const SIDE: Record<Asker, 'reporter' | 'cell' | 'machine'> = {
  reporter: 'reporter',
  agent: 'cell',
  lead: 'cell',
  director: 'cell',
  admin: 'cell',
  wall: 'cell',
  machine: 'machine',
}

/** Where each role's work begins. */
export const LANDING: Record<Role, '/my' | '/cases' | '/wall'> = {
  reporter: '/my',
  agent: '/cases',
  lead: '/cases',
  director: '/cases',
  admin: '/cases',
  wall: '/wall',
}

/** Who may hang the first screen on a wall: a screen that watches and sends nothing, and whoever leads the room. */
export function mayHangOnWall(role: Role): boolean {
  return roleMay(role, 'cell.watch') && (!roleMay(role, 'forms.send') || roleMay(role, 'cell.change_state'))
}

export function roleMay(asker: Asker, capability: Capability): boolean {
  return TABLE[capability][asker]
}

/** The roles of accounts that may do this. */
export function rolesWith(capability: Capability): Role[] {
  const asked = Object.entries(TABLE[capability]) as [Asker, boolean][]
  return asked.flatMap(([asker, allowed]) => (allowed && asker !== 'machine' ? [asker] : []))
}
