import type { Symptom } from './symptoms.ts'

/**
 * The words of the discrepancy reports of NENA i3 (NENA-STA-010.3), of the kinds that can say what is reported here; a kind
 * without words names no problem. Where they come from: SOURCES.md.
 */
export const DISCREPANCIES = {
  OriginatingServiceDiscrepancyReport: [
    ...['LocationNotLvfValid', 'LocationNotUsable', 'NoAni', 'BadPidfLo', 'QueryTimeOut', 'CallDropped'],
    ...['IncorrectLocation', 'BadSip', 'CallDrought', 'CallFlood', 'InvalidAdr', 'BadAdditionalData'],
    ...['OtherOsp', 'StiError'],
  ],
  SipDiscrepancyReport: [
    ...['InitialINVITE', 'MESSAGE', 'OPTIONS', 'MidDialog', 'RequiredMedia', 'MediaProblem', 'EngorgedQ'],
    ...['Signaling', 'OtherSip'],
  ],
  BcfDiscrepancyReport: [
    ...['InitialTrafficBlocked', 'MidTrafficBlocked', 'BadSdp', 'BadSip', 'MediaLoss'],
    ...['TrafficNotBlockedBadActor', 'TrafficNotBlocked', 'Qos', 'BadCdr', 'Tty', 'Firewall', 'OtherBcf'],
  ],
  LostDiscrepancyReport: [
    ...['BelievedValid', 'BelievedInvalid', 'NoSuchLocation', 'RouteIncorrect', 'MultipleMappings'],
    ...['ServiceBoundaryIncorrect', 'ServiceNumberIncorrect', 'DataExpired', 'IncorrectUri'],
    ...['LocationErrorInError', 'OtherLost'],
  ],
  PolicyDiscrepancyReport: [
    ...['InvalidUrn', 'UnknownPSAP', 'ConflictingRoute', 'OtherConflict', 'IncorrectUrn', 'Malformed'],
    ...['Loop', 'VerificationFailure', 'OtherPolicy'],
  ],
  CallTransferDiscrepancyReport: [],
} as const satisfies Record<string, string[]>

type Vocabulary = typeof DISCREPANCIES
type Discrepancy = {
  [Kind in keyof Vocabulary]: { type: Kind; problem: Vocabulary[Kind][number] | null }
}[keyof Vocabulary]

const osp = (problem: Vocabulary['OriginatingServiceDiscrepancyReport'][number]): Discrepancy => ({
  type: 'OriginatingServiceDiscrepancyReport',
  problem,
})
const sip = (problem: Vocabulary['SipDiscrepancyReport'][number]): Discrepancy => ({
  type: 'SipDiscrepancyReport',
  problem,
})
const bcf = (problem: Vocabulary['BcfDiscrepancyReport'][number]): Discrepancy => ({
  type: 'BcfDiscrepancyReport',
  problem,
})

/** Each symptom as a centre abroad would say it; ours is the finer word, so the way back is not unique. Our own judgement. */
export const AS_DISCREPANCY: Record<Symptom, Discrepancy | null> = {
  NO_RING: osp('CallDrought'),
  FAST_BUSY: sip('Signaling'),
  MSG_UNALLOCATED: sip('InitialINVITE'),
  MSG_CONGESTION: bcf('InitialTrafficBlocked'),
  INTERMITTENT: sip('InitialINVITE'),
  INBOUND_DROP: osp('CallDrought'),
  MISROUTED: { type: 'LostDiscrepancyReport', problem: 'RouteIncorrect' },
  RING_NO_ANSWER: sip('OtherSip'),
  LONG_SETUP: sip('Signaling'),
  DROP_ON_ANSWER: osp('CallDropped'),
  DROP_TIMED: osp('CallDropped'),
  DROP_MIDCALL: osp('CallDropped'),
  OUTBOUND_FAIL: sip('InitialINVITE'),
  LONG_NUMBERS_ALSO: sip('OtherSip'),
  ONE_WAY_AUDIO: bcf('MediaLoss'),
  NO_AUDIO: bcf('MediaLoss'),
  POOR_AUDIO: bcf('Qos'),
  NO_CLI: osp('NoAni'),
  NO_LOCATION: osp('LocationNotUsable'),
  SITE_ALL_DOWN: osp('CallDrought'),
  USER_BUSY: sip('EngorgedQ'),
  GHOST_CALLS: osp('CallFlood'),
  TRANSFER_FAIL: { type: 'CallTransferDiscrepancyReport', problem: null },
  TEXT_RELAY_FAIL: bcf('Tty'),
  NO_COVERAGE: osp('OtherOsp'),
  SOS_112_FAIL: osp('OtherOsp'),
  FALLBACK_FAIL: { type: 'PolicyDiscrepancyReport', problem: 'OtherPolicy' },
  UNKNOWN: osp('OtherOsp'),
  NONE: null,
}

/** Their scale says whether calls pass, ours where and how many: a minor case still lets them through, the others do not. */
export const DISCREPANCY_SEVERITY = { 1: 'Moderate', 2: 'Critical', 3: 'Critical', 4: 'Critical' } as const
