import createNextIntlPlugin from 'next-intl/plugin'

const withNextIntl = createNextIntlPlugin('./app/_i18n/request.ts')

/** On every answer, the API's and the files' too; the content security policy, which changes each time, is in app/_doors/policy.ts. */
const SAFE = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  // Not `no-referrer`: the language switch comes back to its page by it, and forms would lose their origin.
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=()' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
]

/** What machines are answered is data: nothing in it is run, framed or fetched for. */
const FOR_MACHINES = {
  key: 'Content-Security-Policy',
  value: "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
}

/** Loaded as they stand, and only when traces are told (app/_log/traces.ts). */
const TRACES = ['context-async-hooks', 'core', 'resources', 'sdk-trace', 'exporter-trace-otlp-http'].map(
  (name) => `@opentelemetry/${name}`,
)

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  // The name of a page comes with it, never after: a screen reader says it first.
  htmlLimitedBots: /.*/,
  reactStrictMode: true,
  // A proxy in front may do it again or not at all; the stream of hints says `no-transform` and is left as it is.
  compress: true,
  distDir: process.env.NEXT_DIST_DIR || '.next',
  serverExternalPackages: ['@node-rs/argon2', 'postgres', 'graphile-worker', 'pdfkit', ...TRACES],
  typescript: { ignoreBuildErrors: true },
  // Words are made once for all who ask (app/_i18n/server.ts).
  turbopack: { resolveAlias: { 'next-intl/server': './app/_i18n/server.ts' } },
  devIndicators: false,
  // A directory of 4 MB is imported through a form; twice that, so that a larger one still gets its answer.
  experimental: {
    // A process that comes back takes reports before it has read a hundred pages that nobody asked for yet.
    preloadEntriesOnStart: false,
    serverActions: { bodySizeLimit: '8mb' },
    // A build begins from nothing: what is kept for the next one is never read.
    turbopackFileSystemCacheForBuild: false,
  },
  headers: async () => [
    { source: '/:path*', headers: SAFE },
    { source: '/(api|tmf-api)/:path*', headers: [FOR_MACHINES] },
  ],
}

export default withNextIntl(config)
