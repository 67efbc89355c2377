import { type SQL, sql } from 'drizzle-orm'
import type { OutsideCause, ProposalState } from '#db/schema/incidents.ts'

/** A proposal as the pages show it; instants are ISO texts. */
export type ShownProposal = {
  id: number
  version: number
  rule: string
  level: 'check' | 'N3' | 'crisis'
  state: ProposalState
  firedAt: string
  madeAt: string
  groupStart: string
  reopenedAt: string | null
  /** From when silence may activate; null: only a person. */
  sureAt: string | null
  reason: { key: string; values: Record<string, string | number> }
  incident: string | null
  caseCount: number
  cases: { reference: string; organisation: string | null; territory: string }[]
  decidedAt: string | null
  decidedBy: string | null
  decisionReason: string | null
  outsideCause: OutsideCause | null
  /** The watch holds it: it may be explained from outside, and comes back if it outgrows that. */
  watches: boolean
}

/** Cases named one by one; the rest is counted. */
export const NAMED_CASES = 8

/** The object of a proposal, from `proposal p left join incident i on i.id = p.incident_id`. */
export const SHOWN_PROPOSAL: SQL = sql`jsonb_build_object('id', p.id, 'version', p.version, 'rule', p.rule, 'level', p.level, 'state', p.state,
  'firedAt', p.fired_at, 'madeAt', p.made_at, 'groupStart', p.group_start, 'reopenedAt', p.reopened_at, 'sureAt', p.sure_at, 'reason', p.reason, 'incident', i.reference,
  'caseCount', cardinality(p.case_ids), 'decidedAt', p.decided_at, 'decidedBy', p.decided_by_name, 'decisionReason', p.decision_reason,
  'outsideCause', p.outside_cause, 'watches', p.episode is not null,
  'cases', coalesce((select jsonb_agg(jsonb_build_object('reference', c.reference, 'organisation', o.name, 'territory', c.territory_code) order by c.id)
    from cases c left join organisation o on o.id = c.organisation_id where c.id = any (p.case_ids[1:${sql.raw(String(NAMED_CASES))}])), '[]'))`
