const WORDS = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  412: 'Precondition failed',
  413: 'Too large',
  415: 'Not JSON',
  422: 'Not understood',
  429: 'Too many requests',
  500: 'Internal error',
  501: 'Not implemented',
} as const

export type RefusalStatus = keyof typeof WORDS

/** What a machine reads when it is refused: a code, a reason key, the fields at fault. */
export function refusal(
  status: RefusalStatus,
  details: Record<string, unknown> = {},
  more: Record<string, string> = {},
): Response {
  return Response.json(
    { code: String(status), reason: WORDS[status], status: String(status), ...details },
    {
      status,
      headers: {
        'cache-control': 'no-store',
        ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
        ...more,
      },
    },
  )
}
