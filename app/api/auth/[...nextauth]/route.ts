import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { issuer } from '#app/sign-in/issuer.ts'

type Context = { params: Promise<{ nextauth: string[] }> }

// The settings are read when the first request comes, not when the server is built.
const handler = (request: NextRequest, context: Context) => NextAuth(issuer())(request, context)

export { handler as GET, handler as POST }
