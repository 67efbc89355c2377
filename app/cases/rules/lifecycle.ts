import type { CaseState } from '#db/schema/cases.ts'
import { statesThat } from './states.ts'

export const ACTIONS = [
  'acknowledge',
  'claim',
  'release',
  'assign',
  'set_level',
  'record_tests',
  'diagnose',
  'workaround',
  'update',
  'note',
  'complete',
  'answer',
  'observe_neighbour',
  'change_callback',
  'attach_file',
  'observe',
  'verify',
  'attach_duplicate',
  'detach_duplicate',
  'wait_reporter',
  'restore',
  'confirm',
  'still_failing',
  'log_attempt',
  'close',
  'reopen',
  'out_of_scope',
  'withdraw',
] as const
export type Action = (typeof ACTIONS)[number]

const WORKED = statesThat((state) => state.worked)
const OPEN = statesThat((state) => state.open)
const ANY = statesThat(() => true)

/** From which states each action starts. A new action or state breaks the build until someone decides. */
export const FROM: Record<Action, readonly CaseState[]> = {
  acknowledge: ['received'],
  claim: OPEN,
  release: OPEN,
  assign: OPEN,
  set_level: OPEN,
  record_tests: [...OPEN, 'duplicate'],
  diagnose: ['acknowledged', 'checking', 'workaround', 'waiting_reporter'],
  workaround: ['acknowledged', 'checking', 'diagnosed', 'waiting_reporter'],
  update: [...WORKED, 'restored', 'confirmed'],
  note: ANY,
  complete: [...OPEN, 'duplicate'],
  answer: [...OPEN, 'duplicate'],
  observe_neighbour: [...OPEN, 'duplicate'],
  change_callback: [...OPEN, 'duplicate'],
  attach_file: [...OPEN, 'duplicate'],
  observe: [...OPEN, 'duplicate'],
  verify: [...OPEN, 'duplicate'],
  attach_duplicate: ['received', ...WORKED],
  detach_duplicate: ['duplicate'],
  wait_reporter: ['acknowledged', 'checking', 'diagnosed', 'workaround'],
  restore: WORKED,
  // Attached, it is confirmed too: each reporter speaks for his own site.
  confirm: [...OPEN.filter((state) => state !== 'confirmed'), 'duplicate'],
  still_failing: ['workaround', 'waiting_reporter', 'restored', 'confirmed', 'closed', 'duplicate'],
  log_attempt: ['restored', 'waiting_reporter'],
  close: ['restored', 'waiting_reporter', 'confirmed'],
  reopen: ['closed', 'out_of_scope'],
  out_of_scope: ['received', 'acknowledged', 'checking', 'waiting_reporter'],
  withdraw: ANY,
}

/** Where the action leads; null when the state stays. Re-opening and "still failing" go back to work. */
export function stateAfter(action: Action, from: CaseState): CaseState | null {
  switch (action) {
    case 'acknowledge':
      return 'acknowledged'
    case 'record_tests':
      return from === 'acknowledged' ? 'checking' : null
    case 'diagnose':
      return 'diagnosed'
    case 'workaround':
      return 'workaround'
    case 'wait_reporter':
      return 'waiting_reporter'
    case 'answer':
      return from === 'waiting_reporter' ? 'checking' : null
    case 'restore':
      return 'restored'
    case 'confirm':
      return from === 'duplicate' ? null : 'confirmed'
    case 'still_failing':
      return 'checking'
    case 'close':
      return 'closed'
    case 'reopen':
      return 'checking'
    case 'attach_duplicate':
      return 'duplicate'
    case 'detach_duplicate':
      return 'acknowledged'
    case 'out_of_scope':
    case 'withdraw':
      return 'out_of_scope'
    case 'claim':
    case 'release':
    case 'assign':
    case 'set_level':
    case 'update':
    case 'note':
    case 'complete':
    case 'observe_neighbour':
    case 'change_callback':
    case 'attach_file':
    case 'observe':
    case 'verify':
    case 'log_attempt':
      return null
  }
}
