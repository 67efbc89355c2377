import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { getTableColumns, getTableName, isTable } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'

const ROOT = process.cwd()

/** Parts of a noun, from what knows most to what knows nothing (DESIGN §3). */
type Part = 'route' | 'command' | 'rule' | 'db' | 'component' | 'plumbing'
type Place = { part: Part; noun: string | null }

/** Each may know those before it. A noun that is not here has no place yet: the test asks where it stands. */
const ORDER = [
  'exercises',
  'directory',
  // what is planned, and machines that try what people report: below whoever reports
  'works',
  'supervision',
  'cases',
  'calls',
  'incidents',
  'fallbacks',
  'instructions',
  'broadcasts',
  'statements',
  'told',
  'status',
  'crisis',
  'cell',
  'wall',
  'sitreps',
  'migration',
  'reviews',
  'register',
  'drills',
  'rehearsals',
  'comparisons',
  'lessons',
  'sign-in',
  'my',
  'inbox',
  'account',
  'operations',
  'metrics',
  'admin',
  'tmf-api',
  'api',
  // reads them all; only reactions and pages may import it
  'notifications',
]
const NOTIFICATIONS = 'notifications'

function placeOf(path: string): Place {
  const [top = '', second = '', third = ''] = path.split('/')
  if (top === 'components') return { part: 'component', noun: null }
  if (top === 'db') return { part: 'db', noun: null }
  if (top !== 'app') return { part: 'plumbing', noun: null }
  // The rules of the plumbing too: which capability a role has is asked by every noun.
  if (second.startsWith('_') && third === 'rules') return { part: 'rule', noun: null }
  if (/^[._]/.test(second) || !path.slice(4).includes('/')) return { part: 'plumbing', noun: null }
  if (third === 'rules') return { part: 'rule', noun: second }
  const inside = ['commands', 'channels', 'templates'].includes(third)
  if (inside || /^(queries|input|.*-facts)\.ts$/.test(third)) return { part: 'command', noun: second }
  return { part: 'route', noun: second }
}

/** Why this import is not allowed; null when it is. */
function forbidden(from: string, to: string): string | null {
  const [a, b] = [placeOf(from), placeOf(to)]
  if (a.part === 'rule') return ruleMayNot(to, b)
  if (a.part === 'component')
    return b.part === 'component' || b.noun === null ? null : 'a component knows no noun'
  if (a.part === 'db') return b.part === 'db' || to === 'app/_auth/actor.ts' ? null : 'db holds no noun'
  if (a.part === 'command' && b.part === 'route' && isPage(to)) return 'a command knows no page'
  if (a.noun && b.noun && a.noun !== b.noun) return betweenNouns(a, b)
  return null
}

function ruleMayNot(to: string, b: Place): string | null {
  if (b.part === 'rule') return null
  // Types and constant tables of the reference only: neither a connection nor a clock is among them.
  if (/^db\/(schema|reference)\/[\w-]+\.ts$/.test(to) || to === 'app/_doors/result.ts') return null
  return 'a rule knows only rules'
}

function betweenNouns(a: Place, b: Place): string | null {
  if (b.noun === NOTIFICATIONS && a.part !== 'route') return 'nobody imports notifications'
  if (a.part === 'route') return null
  return ORDER.indexOf(b.noun ?? '') > ORDER.indexOf(a.noun ?? '') ? `${a.noun} knows no ${b.noun}` : null
}

function isPage(path: string): boolean {
  return /\.tsx$/.test(path) || /(^|\/)(actions|route)\.ts$/.test(path)
}

type Import = { from: string; to: string; typeOnly: boolean; line: number }

const IMPORTS =
  /^(?:import|export)\s+(type\s)?[^'"`;]*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm

function importsOf(file: string, code: string): Import[] {
  const found: Import[] = []
  for (const match of code.matchAll(IMPORTS)) {
    const to = target(file, match[2] ?? match[3] ?? match[4] ?? '')
    if (to)
      found.push({
        from: file,
        to,
        typeOnly: match[1] !== undefined,
        line: code.slice(0, match.index).split('\n').length,
      })
  }
  return found
}

function target(from: string, specifier: string): string | null {
  if (specifier.startsWith('#')) return specifier.slice(1)
  if (specifier.startsWith('.')) return relative('.', join(dirname(from), specifier))
  return null
}

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return sources(path)
    return /\.tsx?$/.test(entry.name) && !/\.(test|fixture)\.tsx?$/.test(entry.name) ? [path] : []
  })
}

const files = ['app', 'components', 'db'].flatMap(sources)
const imports = files.flatMap((file) => importsOf(file, readFileSync(join(ROOT, file), 'utf8')))

describe('who knows whom', () => {
  test('the files have been read', () => {
    expect(files.length).toBeGreaterThan(200)
    expect(imports.length).toBeGreaterThan(600)
    const known = (from: string, to: string) => imports.some((one) => one.from === from && one.to === to)
    expect(known('app/cases/commands/report.ts', 'app/cases/rules/new-case.ts')).toBe(true)
    expect(known('app/_jobs/worker.ts', 'app/_jobs/reactions.ts')).toBe(true)
    expect(known('app/cell/thresholds/page.tsx', 'components/button.tsx')).toBe(true)
  })

  test('each noun has its place', () => {
    const nouns = new Set(files.flatMap((file) => placeOf(file).noun ?? []))
    expect([...nouns].filter((noun) => !noun.startsWith('(') && !ORDER.includes(noun))).toEqual([])
    expect(ORDER.filter((noun) => !nouns.has(noun))).toEqual([])
  })

  test('each import leads to a file', () => {
    const lost = imports.filter(({ to }) => !existsSync(join(ROOT, to)) && !to.endsWith('.css'))
    expect(lost).toEqual([])
  })

  test('the dependency sentence holds', () => {
    const broken = imports.flatMap((one) => {
      const why = forbidden(one.from, one.to)
      // A type vanishes when it runs: the shape of a row may be known upwards, by whoever draws or tells it.
      return why && !one.typeOnly ? [`${one.from}:${one.line} → ${one.to}: ${why}`] : []
    })
    expect(broken).toEqual([])
  })

  test.each([
    ['app/cases/rules/level.ts', 'db/transaction.ts'],
    ['app/cases/rules/level.ts', 'app/_doors/clock.ts'],
    ['app/cases/rules/level.ts', 'app/_auth/session.ts'],
    ['app/cases/rules/level.ts', 'app/cases/commands/close.ts'],
    ['app/cases/commands/close.ts', 'app/cases/actions.ts'],
    ['app/cases/commands/close.ts', 'app/cases/page.tsx'],
    ['app/cases/commands/close.ts', 'app/incidents/commands/attach.ts'],
    ['app/cases/commands/close.ts', 'app/notifications/commands/tell.ts'],
    ['app/directory/commands/save-site.ts', 'app/cases/commands/close.ts'],
    ['app/incidents/commands/attach.ts', 'app/crisis/commands/activate.ts'],
    ['app/drills/commands/play.ts', 'app/admin/commands/teams.ts'],
    ['app/exercises/commands/set-aside.ts', 'app/drills/commands/play.ts'],
    ['db/schema/cases.ts', 'app/cases/rules/level.ts'],
    ['components/button.tsx', 'app/cases/queries.ts'],
  ])('counter-proof: %s may not import %s', (from, to) => {
    expect(forbidden(from, to)).not.toBeNull()
    expect(importsOf(from, `import { x } from '#${to}'`)).toMatchObject([{ to, typeOnly: false }])
  })

  test.each([
    ['app/crisis/commands/activate.ts', 'app/incidents/commands/open.ts'],
    ['app/cases/commands/report.ts', 'app/directory/queries.ts'],
    ['app/cases/commands/report.ts', 'db/transaction.ts'],
    ['app/_jobs/reactions.ts', 'app/notifications/commands/tell.ts'],
    ['app/cases/page.tsx', 'app/cases/queries.ts'],
  ])('counter-proof: %s may import %s', (from, to) => {
    expect(forbidden(from, to)).toBeNull()
  })
})

const rules = files.filter((path) => placeOf(path).part === 'rule')
// zod reads shapes, libphonenumber-js the numbering plans of the world, and nothing else.
const CLOCK_OR_PACKAGE =
  /\bnew Date\(\)|\bDate\.now\(|\bMath\.random\(|process\.env|^import (?!type)[^;]*? from '(?![#.]|zod'|libphonenumber-js')/m

test('rules know no clock, no chance, no environment, no package', () => {
  expect(rules.length).toBeGreaterThan(25)
  const knowing = rules.filter((path) => CLOCK_OR_PACKAGE.test(readFileSync(join(ROOT, path), 'utf8')))
  expect(knowing).toEqual([])
  for (const found of ['const now = new Date()', "import { sql } from 'drizzle-orm'", 'Date.now()'])
    expect(CLOCK_OR_PACKAGE.test(found)).toBe(true)
})

/**
 * What watches the processes is told by one clock, the database's: theirs may differ, and this is what it would hide. A
 * checkpoint says both.
 */
const WATCHES = /^app\/(_jobs|operations)\/|^app\/_evidence\/take\.ts$/
const HOUR_IN_SQL = /(?<![.\w])(now\(\)|current_timestamp|clock_timestamp\(\)|localtimestamp|current_date)/i
const HOUR_IN_CODE = /\bnew Date\(\)|\bDate\.now\(/

test('the hour is an argument: commands and queries ask no clock, and no statement asks the database for it', () => {
  const asking = (what: RegExp, among: string[]) =>
    among.filter((path) => what.test(readFileSync(join(ROOT, path), 'utf8')))
  expect(
    asking(
      HOUR_IN_SQL,
      files.filter((path) => !WATCHES.test(path)),
    ),
  ).toEqual([])
  expect(
    asking(
      HOUR_IN_CODE,
      files.filter((path) => placeOf(path).part === 'command'),
    ),
  ).toEqual([])
  expect(asking(HOUR_IN_SQL, files).length).toBeGreaterThan(0)
  for (const found of ['where at > now()', 'at < CURRENT_TIMESTAMP', 'set at = clock_timestamp()'])
    expect(HOUR_IN_SQL.test(found)).toBe(true)
  for (const other of ['performance.now()', 'Date.now()', 'clockNow()'])
    expect(HOUR_IN_SQL.test(other)).toBe(false)
})

/** Written as whoever asks, in whatever world he is, though the table has none; and why nothing of the real world is changed by it. */
const IN_ANY_WORLD = [
  // the exercise itself, begun from outside of it
  'app/drills/commands/play.ts',
  'app/drills/commands/run-exercise.ts',
  // a page of a case is open: the case has its world
  'app/cases/commands/presence.ts',
  // filters under a name, seen by nobody else
  'app/cases/commands/saved-view.ts',
]

test('what belongs to no exercise is written in the real world: a person in an exercise changes it with a line that is read', async () => {
  const modules = sources('db/schema').map((path) => import(/* @vite-ignore */ `#${path}`))
  const all = (await Promise.all(modules)).flatMap((module: Record<string, unknown>) =>
    Object.entries(module),
  )
  const names = all.flatMap(([name, table]) =>
    isTable(table) && !('exerciseId' in getTableColumns(table)) ? [name, getTableName(table)] : [],
  )
  expect(names).toEqual(expect.arrayContaining(['rosterShift', 'contactWay', 'threshold', 'pilotPhone']))
  const writes = new RegExp(`\\b(insert|update|delete)(\\(\\s*| into | from | )(${names.join('|')})\\b`)
  const asWhoAsks = files.filter((path) => {
    const code = readFileSync(join(ROOT, path), 'utf8')
    return /\bactor: (Account)?Actor\b/.test(code) && /\basActor\(actor\b/.test(code) && writes.test(code)
  })
  expect(asWhoAsks.sort()).toEqual(IN_ANY_WORLD.toSorted())
})

test('a test waits for a fact with the patience of its test, never for some seconds', () => {
  // Written so that this file is not found.
  const own = new RegExp(['vi', 'waitFor\\('].join('\\.'))
  const tests = ['app', 'db', 'components', 'scripts'].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.test\.tsx?$/.test(path))
      .map((path) => join(root, path)),
  )
  expect(tests.length).toBeGreaterThan(300)
  expect(tests.filter((path) => own.test(readFileSync(path, 'utf8')))).toEqual([])
})

test('components bear no noun in their names', () => {
  const nouns = /case|incident|crisis|report|organisation|drill|notif/
  expect(sources('components').filter((path) => nouns.test(path))).toEqual([])
})

test('“Where is…?” of the README leads somewhere', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
  const [, section = ''] = /## Where is…\?\n([\s\S]*?)(?=\n## |$)/.exec(readme) ?? []
  const paths = [...section.matchAll(/`((?:app|components|db|e2e|scripts|public)[\w()[\].\-/]*)`/g)].map(
    ([, path = '']) => path,
  )
  expect(paths.length).toBeGreaterThan(8)
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  expect(existsSync(join(ROOT, 'app/nowhere.ts'))).toBe(false)
})
