/**
 * Routes that read no body and know their own few questions: what each may be asked. One that is not here fails
 * app/_doors/odd-routes.db.test.ts.
 */
export const PLAIN: Record<string, string[]> = {
  'GET app/.well-known/security.txt/route.ts': [],
  'GET app/.well-known/evidence.pem/route.ts': [],
  'GET app/.well-known/webauthn/route.ts': [],
  // Without the address of a second site it says nothing.
  'OPTIONS app/api/kept-reports/route.ts': [],
  // Its door is the common one, behind two headers for the other address; what it reads: app/cases/new/kept.db.test.ts.
  'POST app/api/kept-reports/route.ts': [],
  // What authorities validated for the public, and what neighbours may read of the register.
  'GET app/status/route.ts': ['lang'],
  'GET app/status/rss.xml/route.ts': ['lang'],
  'GET app/status/status.json/route.ts': ['lang'],
  'GET app/register/export/route.ts': ['format'],
  'GET app/register/schema/route.ts': [],
  'GET app/api/register/[key]/route.ts': [],
  'GET app/cases/[reference]/evidence/route.ts': [],
  'GET app/instructions/[id]/cap/route.ts': [],
  'GET app/migration/calendar/example/route.ts': [],
  'GET app/migration/calendar/[id]/faults/route.ts': [],
  // With a provider set they lead elsewhere: asked in app/sign-in/provider.db.test.ts.
  'GET app/sign-in/provider/route.ts': ['next'],
  'POST app/sign-in/provider/route.ts': [],
  'GET app/sign-in/provider/callback/route.ts': ['code', 'state'],
  'GET app/account/data/route.ts': [],
  'GET app/admin/import/example/route.ts': [],
  'GET app/api/accounts/route.ts': ['q'],
  'GET app/api/alarms/route.ts': [],
  'GET app/api/calls/route.ts': [],
  'GET app/api/communes/route.ts': ['q', 'in'],
  'GET app/api/directory/route.ts': ['q'],
  'GET app/api/organisations/route.ts': ['q'],
  'GET app/api/my/route.ts': ['scope', 'standing', 'level', 'number', 'after'],
  'GET app/api/queue/route.ts': [
    'level',
    'state',
    'number',
    'territory',
    'organisation',
    'team',
    'mine',
    'after',
    'q',
  ],
  'GET app/api/health/route.ts': [],
  'GET app/api/openapi.json/route.ts': [],
  // Asked by nobody here: a stream would never end. Its own test is beside it.
  'GET app/api/live/route.ts': [],
  'HEAD app/api/live/route.ts': [],
  'GET app/api/receipts/[channel]/[token]/route.ts': [],
  'POST app/api/receipts/[channel]/[token]/route.ts': [],
  // A key of probes opens them, and none of those here: each line of a batch is judged in app/supervision/rules/result-line.ts.
  'GET app/api/v1/probes/plan/route.ts': ['probe'],
  'POST app/api/v1/probes/results/route.ts': [],
  // A key of its own too, and nothing is asked of it.
  'GET app/metrics/route.ts': [],
  'POST app/api/v1/probes/counts/route.ts': [],
  'GET app/cases/[reference]/file/[id]/route.ts': [],
  'GET app/sitreps/[id]/pdf/route.ts': [],
  'GET app/comparisons/pdf/route.ts': ['subject', 'with', 'rules'],
  'GET app/reviews/[reference]/pdf/route.ts': ['exercise'],
  // Its key stands in its address and its body is JSON or a form: asked in app/calls/odd-events.db.test.ts.
  'POST app/api/cti/[token]/route.ts': [],
  // What a device signs is read by schemas of its own: asked in app/sign-in/passkeys.db.test.ts.
  'POST app/api/passkey/[step]/route.ts': [],
  'POST app/cases/[reference]/presence/route.ts': [],
  'GET app/cell/outlines/route.ts': [],
  'GET app/inbox/unread/route.ts': [],
  'GET app/reviews/[reference]/journal/route.ts': ['exercise'],
  // Verbs that are not offered, and addresses where nothing is.
  ...Object.fromEntries(
    [
      ['troubleTicket/v4/troubleTicket/[id]', ['POST', 'PUT']],
      ['troubleTicket/v4/troubleTicket', ['PUT', 'PATCH', 'DELETE']],
      ['troubleTicket/v4/hub', ['GET', 'PUT', 'PATCH', 'DELETE']],
      ['troubleTicket/v4/hub/[id]', ['GET', 'POST', 'PUT', 'PATCH']],
      ['[...path]', ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']],
    ].flatMap(([path, verbs]) =>
      [verbs].flat().map((verb) => [`${verb} app/tmf-api/${path}/route.ts`, [] as string[]]),
    ),
  ),
}
