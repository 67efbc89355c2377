import { and, eq, inArray, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { type About, wants } from '#app/sitreps/rules/subscription.ts'
import { type NoticeBody, noticeSubscription } from '#db/schema/crisis.ts'
import { contact, post } from '#db/schema/directory.ts'
import { outbox } from '#db/schema/notification.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { channelsIn } from '../channels/registry.ts'
import { queued } from './enqueue.ts'
import type { JournalLine } from './tell.ts'
import { type Recipient, waysTo } from './ways.ts'

/** A report was sent: the posts of its recipients that chose such reports have it too, by each channel that they chose. */
export async function tellPosts(actor: MachineActor, line: JournalLine, now: Date): Promise<void> {
  const { noticeId } = line.data
  if (actor.exerciseId !== null || typeof noticeId !== 'number') return
  await asActor(actor, async (tx) => {
    const about = await aboutNotice(tx, noticeId)
    if (!about) return
    for (const { postId, channels } of await subscribed(tx, noticeId, about)) {
      const by = channels.filter((one) => one !== 'voice')
      await send(tx, { type: 'post', id: postId, accountId: null }, by, about.told(line), now)
    }
  })
}

/**
 * Ten minutes without an acknowledgement: the telephone of the posts that chose to be rung, or else the number that the
 * directory gives for calling back. A key acknowledges; nobody picking up leaves the call to the room.
 */
export async function ringAuthority(actor: MachineActor, line: JournalLine, now: Date): Promise<void> {
  const { noticeId, organisationId } = line.data
  if (actor.exerciseId !== null || typeof noticeId !== 'number' || typeof organisationId !== 'number') return
  await asActor(actor, async (tx) => {
    const about = await aboutNotice(tx, noticeId)
    if (!about) return
    const posts = (await subscribed(tx, noticeId, about)).filter(
      (one) => one.organisationId === organisationId && one.channels.includes('voice'),
    )
    const [standard] = await tx
      .select({ id: contact.id })
      .from(contact)
      .where(
        and(
          eq(contact.organisationId, organisationId),
          eq(contact.callBack, true),
          eq(contact.active, true),
          sql`${contact.phone} is not null`,
        ),
      )
      .orderBy(contact.name)
      .limit(1)
    const to: Recipient[] =
      posts.length > 0
        ? posts.map(({ postId }) => ({ type: 'post', id: postId, accountId: null }))
        : standard
          ? [{ type: 'contact', id: standard.id, accountId: null }]
          : []
    for (const one of to)
      await send(tx, one, ['voice'], { ...about.told(line), dedupeKey: `rung:${noticeId}` }, now)
  })
}

type Told = Omit<Parameters<typeof queued>[0], 'to'>

async function send(tx: Tx, to: Recipient, by: readonly string[], told: Told, now: Date): Promise<void> {
  const ways = await waysTo(tx, to, await channelsIn(tx))
  const rows = by.flatMap((name) => {
    const way = ways.find(({ channel }) => channel.name === name)
    return way ? [queued({ ...told, to }, way, true, now)] : []
  })
  if (rows.length > 0) await tx.insert(outbox).values(rows).onConflictDoNothing()
}

/** Active posts of the organisations that it is addressed to, which chose such reports. */
async function subscribed(tx: Tx, noticeId: number, about: About) {
  const rows = await tx
    .select({
      postId: post.id,
      organisationId: post.organisationId,
      fromLevel: noticeSubscription.fromLevel,
      territories: noticeSubscription.territories,
      numbers: noticeSubscription.numbers,
      channels: noticeSubscription.channels,
    })
    .from(noticeSubscription)
    .innerJoin(post, and(eq(post.id, noticeSubscription.postId), eq(post.active, true)))
    .where(
      inArray(
        post.organisationId,
        sql`(select organisation_id from notice_recipient where notice_id = ${noticeId} and acknowledged_at is null)`,
      ),
    )
  return rows.filter((one) => wants(one, about))
}

async function aboutNotice(
  tx: Tx,
  noticeId: number,
): Promise<(About & { told(line: JournalLine): Told }) | null> {
  const [row] = await tx.execute<{
    kind: string
    number: number
    body: NoticeBody
    incidentId: number | null
    level: number
    territories: string[]
  }>(sql`select n.kind, n.number, n.body, n.incident_id::int as "incidentId", coalesce(i.level, 4) as level,
      array(select distinct unnest(array[t.code, t.region_code, t.zone_code, 'FR']) from cases c
        join territory t on t.code = c.territory_code where c.incident_id = n.incident_id) as territories
    from notice n left join incident i on i.id = n.incident_id where n.id = ${noticeId} and n.state = 'issued'`)
  if (!row) return null
  const { kind, number, body, incidentId, level, territories } = row
  const facts = body.facts as { numbers?: { number: string }[] } | undefined
  const numbers = (facts?.numbers ?? []).map((one) => one.number)
  return {
    level,
    territories: territories.filter(Boolean),
    numbers,
    told: (line) => ({
      kind: 'notice_issued',
      data: {
        noticeId,
        kind,
        number,
        incident: body.incident ?? '',
        numbers: numbers.join(', ') || 'none',
        level: '',
      },
      caseId: null,
      incidentId,
      dedupeKey: `line:${line.id}`,
    }),
  }
}
