import { and, desc, eq, ne } from 'drizzle-orm'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { picture } from '#app/incidents/picture.ts'
import { incident } from '#db/schema/incidents.ts'
import { territory } from '#db/schema/reference.ts'
import { publicPage, statement } from '#db/schema/statement.ts'
import { asActor } from '#db/transaction.ts'

const MOST_SHOWN = 100

/** The incidents that are under way, their public page and what was written for outside: the cell's view, or an authority's. */
export function readStatements(actor: AccountActor, now: Date) {
  return asActor(actor, async (tx) => {
    const cell = may(actor, 'cell.watch')
    const incidents = cell
      ? await tx
          .select()
          .from(incident)
          .where(ne(incident.state, 'closed'))
          .orderBy(desc(incident.openedAt))
          .limit(20)
      : []
    const pages = await tx.select().from(publicPage).orderBy(desc(publicPage.id)).limit(MOST_SHOWN)
    const statements = await tx
      .select({ one: statement, territory: territory.name })
      .from(statement)
      .leftJoin(territory, eq(territory.code, statement.territoryCode))
      .where(cell ? undefined : and(eq(statement.audience, 'public'), ne(statement.state, 'withdrawn')))
      .orderBy(desc(statement.id))
      .limit(MOST_SHOWN)
    return {
      incidents: await Promise.all(
        incidents.map(async (one) => ({ ...one, facts: await picture(tx, one.id, now) })),
      ),
      pages,
      statements: statements.map(({ one, territory: name }) => ({
        ...one,
        territory: name ?? one.territoryCode,
      })),
    }
  })
}

export type StatementsRead = Awaited<ReturnType<typeof readStatements>>
