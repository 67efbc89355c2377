import { openApi } from '../_openapi/document.ts'

/** What machines may ask of us, in the words of OpenAPI 3.1: for anybody, it tells of doors and of nobody. */
export function GET(request: Request): Response {
  const { protocol, host } = new URL(request.url)
  return Response.json(openApi(process.env.NEXTAUTH_URL ?? `${protocol}//${host}`), {
    headers: { 'cache-control': 'public, max-age=300' },
  })
}
