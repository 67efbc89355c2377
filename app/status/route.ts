import { answerStatus } from './answer.ts'

export const dynamic = 'force-dynamic'

/** Page publique: what authorities validated for the public, without sign-in. Off until it is turned on for an incident. */
export function GET(request: Request): Promise<Response> {
  return answerStatus(request, 'html')
}
