/** What the request at the door says of itself: a test sets it, `vi.mock('next/headers', () => import('#scripts/testing/request.ts'))` reads it. */
export const asked = new Headers()

export async function headers(): Promise<Headers> {
  return asked
}

export async function cookies() {
  return { get: () => undefined, has: () => false }
}
