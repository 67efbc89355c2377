import { sql } from 'drizzle-orm'
import { machine } from '#app/_auth/actor.ts'
import { getSetting } from '#app/cell/settings.ts'
import { textOf } from '#app/instructions/rules/text.ts'
import { LAST_WORD } from '#app/statements/last-word.ts'
import type { Slots } from '#db/reference/vocabulary.ts'
import { asActor } from '#db/transaction.ts'
import { ALL_CLEAR_SHOWN_H, type PublicItem, type PublicView } from './rules/document.ts'

type Found = {
  kind: PublicItem['kind']
  code: string
  name: string | null
  text: string | null
  slots: Slots | null
  at: string
  nextAt: string | null
  authority: string | null
}

/** Of the real world alone, and only of incidents whose page a director and an authority have both turned on. */
export async function readPublicView(now: Date): Promise<PublicView> {
  const operator = await getSetting('operator_name')
  const lately = new Date(now.getTime() - ALL_CLEAR_SHOWN_H * 3_600_000).toISOString()
  const at = now.toISOString()
  const rows = await asActor(machine('public'), (tx) =>
    tx.execute<Found>(sql`
      with open as (select incident_id from public_page
        where director_at is not null and authority_at is not null and off_at is null),
      said as (
        select case i.state when 'ended' then 'all_clear' else 'instruction' end as kind, i.territory_code as code,
          case when i.state = 'ended' then i.all_clear end as text, case when i.state = 'in_force' then i.slots end as slots,
          case i.state when 'ended' then i.ended_at else i.in_force_at end as at, case when i.state = 'in_force' then i.ends_at end as next_at,
          (select o.name from instruction_asked a join organisation o on o.id = a.organisation_id where a.instruction_id = i.id
            and a.text_version = i.text_version and a.part = 'authority' and a.answer = 'agreed' order by a.id limit 1) as authority
        from instruction i where i.incident_id in (select incident_id from open)
          and (i.state = 'in_force' and i.ends_at > ${at}::timestamptz
            -- As instructions/rules/stage.ts has it: an hour that passed, or a version that cancels it, is no all clear.
            or i.state = 'ended' and i.end_reason is not null and i.ended_at > ${lately}::timestamptz)
        union all
        select 'statement', s.territory_code, s.text, null, s.approved_at, case when ${LAST_WORD} then s.next_at end,
          (select name from organisation where id = s.approved_for)
        from statement s where s.audience = 'public' and s.state = 'approved' and s.incident_id in (select incident_id from open))
      select said.kind, said.code, t.name, text, slots, to_jsonb(at) #>> '{}' as at, to_jsonb(next_at) #>> '{}' as "nextAt", authority
      from said left join territory t on t.code = said.code where authority is not null
      order by t.kind = 'country' desc, said.code, at desc limit 300`),
  )
  return {
    operator,
    at,
    items: rows.map(({ kind, code, name, text, slots, at: since, nextAt, authority }) => {
      const next = nextAt ? new Date(nextAt) : null
      // Silence is no all clear: what was said stands, with its hour, until somebody says the next word.
      const updating = next !== null && next <= now
      return {
        kind,
        territory: { code, name: name ?? code },
        text: slots ? textOf(slots) : (text ?? ''),
        at: new Date(since).toISOString(),
        nextAt: next && !updating ? next.toISOString() : null,
        updating,
        authority: authority ?? '',
      }
    }),
  }
}
