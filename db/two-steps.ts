/** One file of db/migrations; `when` as its list says it. */
export type Migration = { tag: string; when: number; text: string }

/** What a migration takes from the code that ran before it, and the note above it that says why that is right. */
export type Taken = { tag: string; what: string; note: Note | null }
/** `since`: the migration with whose version the code ceased to use it; or why no older code minds. */
type Note = { since: string } | { harmless: string }

/**
 * While one host is brought to a new version the other still runs the one before, and the way back is to start that one again:
 * so a migration takes nothing away that the code before it uses. What must go goes in two steps: a version that no longer
 * uses it, then, in a later one, the migration, with a line above its statement:
 *
 *     -- two steps: since 20270105101500_what_replaced_it
 *
 * or, where no older code can mind, `-- older code: WHY it goes on`. What a block of code (do $$ … $$) does is not read here.
 */
export function takenBy({ tag, text }: Migration): Taken[] {
  const statements = statementsOf(text)
  const made = new Set<string>()
  const later = statements.map(({ sql }) => madeBy(sql))
  return statements.flatMap(({ sql, note }, at) => {
    const own = (name: string) => made.has(name)
    const again = (name: string) => later.slice(at + 1).includes(name)
    const found = taken(sql, own, again).map((what) => ({ tag, what, note }))
    const name = madeBy(sql)
    if (name) made.add(name)
    for (const column of addedBy(sql)) made.add(column)
    return found
  })
}

/** The oldest migration whose code this schema still serves: what is taken away serves nobody from before its note. */
export function oldestServed(migrations: Migration[]): Migration | undefined {
  const [first, ...rest] = migrations
  return rest.flatMap(takenBy).reduce((oldest, { tag, note }) => {
    if (note && 'harmless' in note) return oldest
    const since = migrations.find((one) => one.tag === (note?.since ?? tag))
    const needed = since ?? migrations.find((one) => one.tag === tag)
    return needed && oldest && needed.when > oldest.when ? needed : oldest
  }, first)
}

type Statement = { sql: string; note: Note | null }

const QUOTED = /--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$|'(?:[^']|'')*'/g

/** Each in small letters on one line, without bodies, words in quotes and comments; its note beside it. */
function statementsOf(text: string): Statement[] {
  const plain = text.replace(QUOTED, (part) => {
    if (part.startsWith('--')) return part.replaceAll(';', ',')
    return part.startsWith('/*') ? ' ' : "''"
  })
  return plain.split(';').map((part) => ({
    sql: part
      .replace(/--[^\n]*/g, ' ')
      .replace(/["\s]+/g, ' ')
      .replace(/ ?([.,()]) ?/g, '$1')
      .replace(/\bpublic\./gi, '')
      .trim()
      .toLowerCase(),
    note: noteIn(part),
  }))
}

function noteIn(part: string): Note | null {
  const since = /--\s*two steps: since (\d{14}_\w+)/i.exec(part)?.[1]
  if (since) return { since }
  const harmless = /--\s*older code: (\S.+)/i.exec(part)?.[1]
  return harmless ? { harmless } : null
}

const KINDS =
  'table|view|materialized view|sequence|type|domain|schema|function|procedure|aggregate|trigger|policy|index|extension|role'
const MADE = new RegExp(
  `^create (?:or replace )?(?:unlogged |unique |constraint |global |local |temp |temporary )*(${KINDS}) (?:concurrently )?(?:if not exists )?([\\w.]+)(?:.*? on (?:only )?([\\w.]+))?`,
)
const DROPPED = new RegExp(
  `^drop (${KINDS}) (?:concurrently )?(?:if exists )?([\\w.]+(?:,[\\w.]+)*)(?: on (?:only )?([\\w.]+))?`,
)
/** Of these two may bear one name, on different tables. */
const ON_A_TABLE = new Set(['trigger', 'policy'])

function madeBy(sql: string): string | null {
  const [, kind = '', name = '', on = ''] = MADE.exec(sql) ?? []
  return kind ? named(kind, name, on) : null
}

/** Columns that this statement adds: nothing before writes them. */
function addedBy(sql: string): string[] {
  const table = tableOf(sql)
  return actionsOf(sql).flatMap((action) => {
    const column =
      /^add (?:column )?(?:if not exists )?(?!constraint |check|unique|primary |foreign |exclude)(\w+) /.exec(
        action,
      )?.[1]
    return column ? [named('column', column, table)] : []
  })
}

function named(kind: string, name: string, on: string): string {
  if (kind === 'column') return `column ${on}.${name}`
  return ON_A_TABLE.has(kind) ? `${kind} ${name} on ${on}` : `${kind} ${name}`
}

type Known = (name: string) => boolean

function taken(sql: string, own: Known, again: Known): string[] {
  const [, kind, names = '', on = ''] = DROPPED.exec(sql) ?? []
  if (kind)
    return names
      .split(',')
      .map((name) => named(kind, name, on))
      .flatMap((name) => {
        // Of a function of the same name the arguments may differ: it is another.
        const replaced = kind !== 'function' && kind !== 'procedure' && again(name)
        return own(name) || replaced ? [] : [`drop ${name}`]
      })
  if (/^alter (?!table ).*\b(rename|set schema|drop)\b/.test(sql)) return [sql]
  if (/^revoke .* from (?!public$)/.test(sql)) return [sql]
  if (/^create policy .* as restrictive/.test(sql)) return [sql]
  const unique = /^create unique index .* on (?:only )?(\w+)/.exec(sql)?.[1]
  if (unique) return own(`table ${unique}`) || columnsAreOwn(sql, unique, own) ? [] : [sql]
  const table = tableOf(sql)
  if (!table || own(`table ${table}`)) return []
  return actionsOf(sql)
    .filter((action) => isTaking(action, table, own))
    .map((action) => `alter table ${table} ${action}`)
}

function isTaking(action: string, table: string, own: Known): boolean {
  const column = (name = '') => own(named('column', name, table))
  const dropped = /^drop (?:column )?(?:if exists )?(?!constraint |expression)(\w+)/.exec(action)?.[1]
  if (dropped) return !column(dropped)
  if (/^(rename|set schema) /.test(action)) return true
  const altered = /^alter (?:column )?(\w+) (?:set data type|type|set not null|drop default)/.exec(
    action,
  )?.[1]
  if (altered) return !column(altered)
  // A column that the code before does not know is filled by itself, or may be empty.
  if (addedBy(`alter table ${table} ${action}`).length > 0)
    return / not null/.test(action) && !/ (default|generated)[ (]/.test(action)
  // A constraint that refuses what the code before writes.
  if (/^add /.test(action)) return !columnsAreOwn(action, table, own)
  return /^(force|enable) row level security/.test(action)
}

/** All that stands in its first brackets was added here. */
function columnsAreOwn(sql: string, table: string, own: Known): boolean {
  const listed = /\(([^()]*)\)/.exec(sql)?.[1]?.split(',') ?? []
  const names = listed.map((one) => one.trim().split(' ')[0] ?? '')
  return names.length > 0 && names.every((name) => own(named('column', name, table)))
}

function tableOf(sql: string): string {
  return /^alter table (?:if exists )?(?:only )?([\w.]+) /.exec(sql)?.[1] ?? ''
}

/** What an `alter table` does, one by one: split at the commas that stand in no brackets. */
function actionsOf(sql: string): string[] {
  const table = tableOf(sql)
  if (!table) return []
  const rest = sql.slice(sql.indexOf(table) + table.length).trim()
  const found = ['']
  let depth = 0
  for (const sign of rest) {
    depth += sign === '(' ? 1 : sign === ')' ? -1 : 0
    if (sign === ',' && depth === 0) found.push('')
    else found[found.length - 1] += sign
  }
  return found.map((one) => one.trim())
}
