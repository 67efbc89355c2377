import { type Asker, CAPABILITIES, type Capability, roleMay, SIDE } from './roles.ts'

/**
 * The body of `app.may(capability)`: the table of roles as the database says it. A test compares the two; when they differ,
 * this is what a migration must say. In plpgsql, which is called once a statement: in SQL it would be read into every statement
 * that is planned, all its lines, for every policy (a row by its key took 0.9 ms instead of 0.4).
 */
export function mayInSql(): string {
  const lines = CAPABILITIES.map((one) => `    when '${one}' then app.role() in (${list(askersWith(one))})`)
  return `\nbegin\n  return coalesce(case capability\n${lines.join('\n')}\n  end, false);\nend `
}

/** The body of `app.side()`: on whose side the asker stands; the door that signs people in is a machine. */
export function sideInSql(): string {
  const sides = [...new Set(Object.values(SIDE))]
  const of = (side: string) => (Object.keys(SIDE) as Asker[]).filter((asker) => SIDE[asker] === side)
  const lines = sides.map((side) => {
    const askers = side === 'machine' ? [...of(side), 'door'] : of(side)
    return `    when app.role() in (${list(askers)}) then '${side}'`
  })
  return `\n  select case\n${lines.join('\n')}\n  end\n`
}

function askersWith(capability: Capability): Asker[] {
  return (Object.keys(SIDE) as Asker[]).filter((asker) => roleMay(asker, capability))
}

function list(words: string[]): string {
  return words.map((word) => `'${word}'`).join(', ')
}
