import { randomUUID } from 'node:crypto'
import type { Sender } from './own-service.ts'

/** A report as an automaton sends it to the TMF621 door. The same externalId is the same report. */
export function reportOf({ token, territory, numbers }: Sender, externalId = randomUUID()) {
  return {
    method: 'POST' as const,
    path: '/tmf-api/troubleTicket/v4/troubleTicket',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      externalId,
      description: 'Les appels n’aboutissent plus depuis quelques minutes.',
      severity: 'Major',
      ticketType: 'emergencyNumberFailure',
      symptom: 'INTERMITTENT',
      callbackPhone: '0199001234',
      failingSince: new Date(Date.now() - 10 * 60_000).toISOString(),
      relatedEntity: [
        ...numbers.map((id) => ({ id, role: 'emergencyNumber' })),
        { id: territory, role: 'territory' },
      ],
      test: [{ passed: 3, tried: 5, technology: 'volte' }],
    }),
  }
}
