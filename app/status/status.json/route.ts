import { answerStatus } from '../answer.ts'

export const dynamic = 'force-dynamic'

/** The same as data. */
export function GET(request: Request): Promise<Response> {
  return answerStatus(request, 'json')
}
