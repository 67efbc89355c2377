import type { Instrumentation } from 'next'

/** Before the first request: what each takes is told from here on, when somebody wants to know. */
export async function register() {
  const { keepTraces } = await import('#app/_log/traces.ts')
  await keepTraces('web')
}

/** What Next could not answer: its cause, and the route by its own name; never the address asked for, which may hold anything. */
export const onRequestError: Instrumentation.onRequestError = async (error, { method }, context) => {
  const [{ log }, { isTold }] = await Promise.all([
    import('#app/_log/log.ts'),
    import('#app/_log/console.ts'),
  ])
  if (error instanceof Error && isTold(error)) return
  log.error({ method, route: context.routePath, kind: context.routeType, error }, 'request failed')
}
