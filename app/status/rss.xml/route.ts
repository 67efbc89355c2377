import { answerStatus } from '../answer.ts'

export const dynamic = 'force-dynamic'

/** The same as a feed. */
export function GET(request: Request): Promise<Response> {
  return answerStatus(request, 'rss')
}
