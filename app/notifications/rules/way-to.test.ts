import { expect, test } from 'vitest'
import { wayTo } from './way-to.ts'

test.each([
  ['a case, for the cell', 'agent', 'case_reported', '2026-000001-1', {}, '/cases/2026-000001-1'],
  ['a case, for who reported it', 'reporter', 'case_updated', '2026-000001-1', {}, '/my/2026-000001-1'],
  [
    'an incident',
    'lead',
    'incident_state_changed',
    null,
    { incident: 'INC-2026-000001-1' },
    '/incidents/INC-2026-000001-1',
  ],
  [
    'an incident, for an authority',
    'reporter',
    'notice_issued',
    null,
    { incident: 'INC-2026-000001-1' },
    null,
  ],
  ['a shift', 'agent', 'roster_shift_added', null, {}, '/cell/roster'],
  ['somebody to telephone', 'agent', 'cell_unreached', null, {}, '/cell#calls'],
  ['letters of no case', 'agent', 'cell_mail_put_aside', null, {}, '/calls/letters'],
  ['a call', 'agent', 'call_missed', null, {}, '/calls'],
  [
    'a passphrase, for who gives one',
    'admin',
    'account_passphrase_forgotten',
    null,
    { accountId: 7 },
    '/admin/accounts/7',
  ],
  ['the crisis', 'director', 'crisis_activated', null, {}, '/cell'],
] as const)('%s', (_, role, kind, reference, data, to) => {
  expect(wayTo({ kind, reference, data }, role)).toBe(to)
})
