import type { EventName } from '#app/_journal/events.ts'

/** Whom an event concerns, by function; commands/persons.ts finds who that is, and who of them is there now. */
export type Recipient =
  /** Who reported the case; out of use or gone to another organisation, the others of that of the case. */
  | 'reporter'
  /** Who holds the case; nobody, or not on duty: also those who are, of its team first. */
  | 'holder'
  | 'former_holder'
  /** Who holds the case that this one is attached to. */
  | 'main_holder'
  /** Those of the role who are on duty; nobody is: all of the role. */
  | 'lead'
  | 'director'
  /** Agents and leads on duty; nobody is: all of them. */
  | 'room'
  /** Whoever may give a new passphrase. */
  | 'administrators'
  /** Every account of the cell, on duty or not. */
  | 'cell'
  /** The person of the line: called on the ladder, put on a shift. */
  | 'named'
  /** Who gave a shift away. */
  | 'named_before'
  /** The organisations that a notice is for: their accounts, and the contacts that their call-back goes to. */
  | 'notice_recipients'
  /** The organisation that the line names: its accounts. */
  | 'organisation'
  /** Accounts of authorities that see the territory of a text for the public, or one that an incident touches. */
  | 'authorities_there'
  /** Every organisation that was asked about an instruction. */
  | 'asked_about_it'

/** What a person may choose to be told or not (rules/choice.ts). */
export const TOPICS = [
  'new_case',
  'reporter_words',
  'progress',
  'asked',
  'late',
  'hands',
  'decisions',
  'calls',
] as const
export type Topic = (typeof TOPICS)[number]

export type EventFacts = {
  level: number
  side: 'reporter' | 'cell' | 'machine'
  step: number
  toLevel: number | null
  visibility: 'public' | 'internal'
  /** What a proposal proposes. */
  proposed: string | null
  /** The routing of a report said it, in the same breath as the report. */
  routed: boolean
}

export type Telling = {
  to: readonly Recipient[] | ((facts: EventFacts) => readonly Recipient[])
  about: Topic
  /** It may wake people: after the inbox, their on-call ways one after the other. */
  pressing?: (facts: EventFacts) => boolean
}

/** Nothing to tell: a fact for the journal, or one that another line of the same moment tells. */
export const NOBODY = null

const always = () => true
/** N3 and above is told to whoever decides (DOMAIN §4, "Told"). */
const HIGH = 3
const high = ({ level, toLevel }: EventFacts) => Math.max(level, toLevel ?? 0) >= HIGH
const andAbove =
  (...those: Recipient[]) =>
  ({ toLevel, level }: EventFacts): Recipient[] =>
    (toLevel ?? level) >= HIGH ? [...those, 'lead', 'director'] : those
/** The reporter of every public act of the cell; the one who holds the case of every act of the reporter. */
const acrossTheLine = ({ side, visibility }: EventFacts): Recipient[] => {
  if (side === 'reporter') return ['main_holder', 'holder']
  return visibility === 'public' ? ['reporter'] : []
}

/**
 * Who is told of what, for cases and crises alike: one row for each event of the main courante, so that a new event breaks the
 * build until someone decides. Never the one who did it.
 */
export const TOLD: Record<EventName, Telling | typeof NOBODY> = {
  'case.reported': {
    to: ({ level }) => (level >= HIGH ? ['holder', 'lead', 'director'] : ['holder']),
    about: 'new_case',
    pressing: high,
  },
  'case.acknowledged': { to: ['reporter'], about: 'progress' },
  'case.claimed': NOBODY,
  'case.released': NOBODY,
  'case.taken_over': { to: ['former_holder'], about: 'hands' },
  'case.assigned': { to: ({ routed }) => (routed ? [] : ['holder']), about: 'hands' },
  'case.level_changed': { to: andAbove('reporter', 'holder'), about: 'progress', pressing: high },
  'case.tested': { to: acrossTheLine, about: 'progress' },
  'case.diagnosed': NOBODY,
  'case.workaround': { to: ['reporter'], about: 'progress' },
  'case.updated': { to: acrossTheLine, about: 'progress' },
  'case.noted': NOBODY,
  'case.completed': { to: acrossTheLine, about: 'reporter_words' },
  'case.answered': { to: acrossTheLine, about: 'reporter_words' },
  'case.neighbour_observed': { to: acrossTheLine, about: 'reporter_words' },
  'case.callback_changed': { to: acrossTheLine, about: 'reporter_words' },
  'case.file_attached': { to: acrossTheLine, about: 'reporter_words' },
  'case.observed': { to: ['reporter', 'main_holder', 'holder'], about: 'reporter_words' },
  'case.mail_received': { to: ['holder'], about: 'reporter_words' },
  'case.sms_received': { to: ['holder'], about: 'reporter_words' },
  'case.waiting_reporter': { to: ['reporter'], about: 'asked' },
  'case.contact_attempted': NOBODY,
  'case.attached_duplicate': { to: ['reporter', 'main_holder'], about: 'progress' },
  'case.detached_duplicate': { to: ['reporter'], about: 'progress' },
  'case.main_moved': { to: ['reporter'], about: 'asked' },
  // Told with the line of its own case, by 'main_holder'.
  'case.attached_word': NOBODY,
  'case.restored': { to: ['reporter'], about: 'asked' },
  'case.confirmed': { to: acrossTheLine, about: 'reporter_words' },
  'case.still_failing': { to: ['holder', 'lead', 'main_holder'], about: 'reporter_words', pressing: high },
  'case.closed': { to: ['reporter'], about: 'progress' },
  'case.reopened': { to: ['reporter', 'holder'], about: 'progress' },
  'case.out_of_scope': { to: ['reporter'], about: 'progress' },
  // Of an exercise, by the machine that made it.
  'case.withdrawn': NOBODY,
  'case.verified': {
    to: ({ toLevel }) => ((toLevel ?? 0) >= HIGH ? ['holder', 'lead', 'director'] : ['holder']),
    about: 'new_case',
    pressing: ({ toLevel }) => (toLevel ?? 0) >= HIGH,
  },
  'case.ack_missed': { to: ['holder', 'lead'], about: 'late', pressing: high },
  'case.check_missed': { to: ['holder', 'lead'], about: 'late' },
  'case.promise_missed': { to: ['holder', 'lead'], about: 'late', pressing: high },
  'case.escalated': {
    to: ({ step }) => (step <= 2 ? ['director'] : ['lead', 'director']),
    about: 'late',
    pressing: always,
  },
  'case.attached_incident': NOBODY,
  'case.detached_incident': NOBODY,
  'case.residual': { to: ['reporter'], about: 'progress' },
  'case.residual_taken': NOBODY,
  'case.requalified': NOBODY,
  'directory.changed': NOBODY,
  'directory.imported': NOBODY,
  'account.created': NOBODY,
  'account.changed': NOBODY,
  'account.passphrase_set': NOBODY,
  'account.passphrase_forgotten': { to: ['administrators', 'lead'], about: 'calls' },
  'account.signed_in': NOBODY,
  'account.signed_out': NOBODY,
  'account.sign_in_failed': NOBODY,
  'account.session_revoked': NOBODY,
  'account.evidence_taken': NOBODY,
  'account.list_taken': NOBODY,
  'account.passkey_added': NOBODY,
  'account.passkey_removed': NOBODY,
  'account.passkey_suspended': { to: ['administrators'], about: 'calls' },
  'account.totp_set': NOBODY,
  'account.totp_removed': NOBODY,
  'account.codes_made': NOBODY,
  'account.proved_again': NOBODY,
  'account.identity_bound': NOBODY,
  'account.identity_unbound': NOBODY,
  'account.invited': NOBODY,
  'account.invitation_used': NOBODY,
  'account.sign_in_reset': NOBODY,
  'account.data_exported': NOBODY,
  'account.data_rectified': { to: ['administrators'], about: 'calls' },
  'account.token_made': NOBODY,
  'account.token_revoked': NOBODY,
  'account.listener_added': NOBODY,
  'account.listener_removed': NOBODY,
  'account.listener_ended': NOBODY,
  'routing.changed': NOBODY,
  'setting.changed': NOBODY,
  'setting.hotline_called': NOBODY,
  'operations.jobs_retried': NOBODY,
  'operations.forgotten': NOBODY,
  'incident.opened': NOBODY,
  'incident.state_changed': { to: ['lead', 'director'], about: 'decisions' },
  'incident.level_changed': NOBODY,
  'incident.updated': NOBODY,
  'incident.case_attached': NOBODY,
  'incident.case_detached': NOBODY,
  'incident.merged': NOBODY,
  'incident.named': NOBODY,
  'incident.mail_received': { to: ['lead'], about: 'reporter_words' },
  'incident.sms_received': { to: ['lead'], about: 'reporter_words' },
  'incident.candidate_dismissed': NOBODY,
  'incident.residuals_listed': NOBODY,
  'proposal.made': { to: toDecide, about: 'decisions', pressing: always },
  'proposal.accepted': NOBODY,
  'proposal.declined': { to: ['lead', 'director'], about: 'decisions' },
  'proposal.watched': { to: ['lead', 'director'], about: 'decisions' },
  'proposal.lapsed': NOBODY,
  'proposal.sure': NOBODY,
  'proposal.reopened': { to: toDecide, about: 'decisions', pressing: always },
  'crisis.clock_started': NOBODY,
  'crisis.second_site': NOBODY,
  'crisis.called': { to: ['named'], about: 'decisions', pressing: always },
  'crisis.answered': NOBODY,
  'crisis.cannot': NOBODY,
  'crisis.activated': { to: ['cell'], about: 'decisions', pressing: always },
  'crisis.declined': { to: ['lead', 'director'], about: 'decisions' },
  'crisis.ended': NOBODY,
  'cell.state_changed': { to: ['lead', 'director'], about: 'decisions' },
  'cell.sms_received': { to: ['room'], about: 'reporter_words' },
  'cell.mail_put_aside': { to: ['room'], about: 'reporter_words' },
  'cell.unreached': { to: ['room'], about: 'calls' },
  'cell.called': NOBODY,
  'threshold.changed': NOBODY,
  'roster.shift_added': { to: ['named'], about: 'hands' },
  'roster.shift_cancelled': { to: ['named'], about: 'hands' },
  'roster.shift_swapped': { to: ['named', 'named_before'], about: 'hands' },
  'roster.way_changed': NOBODY,
  'notice.drafted': NOBODY,
  'notice.issued': { to: ['notice_recipients'], about: 'decisions', pressing: always },
  'notice.acknowledged': NOBODY,
  // Rung by a reaction of its own.
  'notice.rung': NOBODY,
  'notice.subscribed': NOBODY,
  'notice.call_due': { to: ['room'], about: 'calls' },
  'notice.called': NOBODY,
  'instruction.drafted': NOBODY,
  'instruction.revised': NOBODY,
  'instruction.tested': NOBODY,
  'instruction.asked': { to: ['organisation'], about: 'asked', pressing: always },
  'instruction.answered': { to: ['room'], about: 'decisions' },
  'instruction.call_due': { to: ['room'], about: 'calls' },
  'instruction.called': NOBODY,
  'instruction.in_force': {
    to: ['asked_about_it', 'room', 'lead', 'director'],
    about: 'decisions',
    pressing: always,
  },
  'instruction.ending': { to: ['room', 'lead'], about: 'decisions' },
  'instruction.ended': {
    to: ['asked_about_it', 'room', 'lead', 'director'],
    about: 'decisions',
    pressing: always,
  },
  'instruction.withdrawn': { to: ['asked_about_it'], about: 'decisions' },
  // The second person is one of those who lead.
  'broadcast.prepared': { to: ['lead', 'director'], about: 'decisions' },
  'broadcast.started': { to: ['lead', 'director'], about: 'decisions' },
  'broadcast.wave': NOBODY,
  'broadcast.stopped': { to: ['room', 'lead', 'director'], about: 'decisions', pressing: always },
  'broadcast.done': { to: ['room', 'lead', 'director'], about: 'decisions' },
  'broadcast.called': NOBODY,
  'fallback.planned': NOBODY,
  'fallback.tested': NOBODY,
  'fallback.failed': { to: ['room', 'lead', 'director'], about: 'decisions', pressing: always },
  'fallback.opened': { to: ['room', 'lead'], about: 'decisions' },
  'fallback.published': NOBODY,
  'fallback.ending': { to: ['room', 'lead'], about: 'decisions', pressing: always },
  'fallback.announced': NOBODY,
  'fallback.closed': { to: ['room', 'lead'], about: 'decisions' },
  'fallback.reroute_out': NOBODY,
  'fallback.looked': NOBODY,
  // The director approves it, or the authorities of its territory validate it.
  'statement.drafted': { to: ['director', 'authorities_there'], about: 'asked' },
  'statement.approved': { to: ['room', 'lead'], about: 'decisions' },
  'statement.withdrawn': NOBODY,
  'statement.given': NOBODY,
  // The public still reads it: a new text, or its page off, and either of the two may turn it off.
  'statement.overdue': { to: ['room', 'lead', 'authorities_there'], about: 'late', pressing: always },
  'public.opened': { to: ['authorities_there'], about: 'asked', pressing: always },
  'public.agreed': { to: ['room', 'lead', 'director'], about: 'decisions' },
  'public.closed': { to: ['room', 'lead', 'director'], about: 'decisions' },
  'incident.told': NOBODY,
  'alarm.heard': NOBODY,
  'call.came': NOBODY,
  'call.answered': NOBODY,
  'call.ended': NOBODY,
  'call.missed': { to: ['room'], about: 'calls' },
  'call.called_back': NOBODY,
  'call.linked': NOBODY,
  'call.dialled': NOBODY,
  'call.not_dialled': NOBODY,
  'call.telephone_named': NOBODY,
  'migration.access_saved': NOBODY,
  'migration.planned': NOBODY,
  'migration.contacted': NOBODY,
  'migration.blocked': NOBODY,
  'migration.unblocked': NOBODY,
  'migration.checked': NOBODY,
  'migration.step_saved': NOBODY,
  'migration.step_moved': NOBODY,
  'migration.case_opened': NOBODY,
  'migration.tested': NOBODY,
  'migration.promise_missed': { to: ['lead'], about: 'late' },
  'migration.calendar_imported': NOBODY,
  'register.drafted': NOBODY,
  'register.saved': NOBODY,
  'register.published': NOBODY,
  'register.dropped': NOBODY,
  'register.received': NOBODY,
  'register.neighbour_saved': NOBODY,
  'register.key_given': NOBODY,
  'register.pulled': NOBODY,
  'lesson.saved': NOBODY,
  'lesson.proved': NOBODY,
  'lesson.closed': NOBODY,
  'lesson.reopened': NOBODY,
  'lesson.overdue': { to: ['director'], about: 'late' },
  'handover.generated': NOBODY,
  'handover.signed': NOBODY,
  // What a burst finds is told by the proposal it makes, or stands on its case.
  'supervision.probe_added': NOBODY,
  'supervision.probe_retired': NOBODY,
  'supervision.agreed': NOBODY,
  'supervision.agreement_ended': NOBODY,
  'supervision.planned': NOBODY,
  'supervision.unplanned': NOBODY,
  'supervision.stopped': NOBODY,
  'supervision.resumed': NOBODY,
  'supervision.burst_confirmed': NOBODY,
  'supervision.burst_cleared': NOBODY,
  'works.announced': NOBODY,
  'works.changed': NOBODY,
  'works.cancelled': NOBODY,
  'exercise.started': NOBODY,
  'exercise.stopped': NOBODY,
  'exercise.set_aside': NOBODY,
  'exercise.resumed': NOBODY,
  'exercise.finished': NOBODY,
}

export function recipientsOf(event: EventName, facts: EventFacts): readonly Recipient[] {
  const telling = TOLD[event]
  if (!telling) return []
  return typeof telling.to === 'function' ? telling.to(facts) : telling.to
}

/** May it wake people? Then it also goes by their on-call ways, not only to the inbox. */
export function isPressing(event: EventName, facts: EventFacts): boolean {
  return TOLD[event]?.pressing?.(facts) ?? false
}

/** A check is the lead's; an N3 or a crisis also the director's. */
function toDecide({ proposed }: EventFacts): readonly Recipient[] {
  return proposed === 'check' ? ['lead'] : ['lead', 'director']
}
