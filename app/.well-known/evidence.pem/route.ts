import { publicPem, signingKey } from '#app/_evidence/key.ts'

export const dynamic = 'force-dynamic'

/** The public half of the key that signs bundles and checkpoints: anybody checks with it (EVIDENCE.md). */
export function GET(): Response {
  return new Response(publicPem(signingKey().public), {
    headers: { 'content-type': 'application/x-pem-file', 'cache-control': 'no-store' },
  })
}
