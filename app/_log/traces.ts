import type { Tracer } from '@opentelemetry/api'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace'
import { log } from './log.ts'

// OpenTelemetry: what each request and each job took, told over HTTP to whom OTEL_EXPORTER_OTLP_ENDPOINT names. Without it
// nothing of the library is loaded.

/** What may leave: names of ours and counts. Addresses asked for, errors in words and whatever else a library notes stay here. */
const TOLD = [
  'http.method',
  'http.route',
  'http.status_code',
  'next.route',
  'next.rsc',
  'next.span_type',
] as const

/** A receiver that is away or hangs costs a full queue, never a request: what does not fit is let go. */
const QUEUE = { maxQueueSize: 2_048, scheduledDelayMillis: 2_000, exportTimeoutMillis: 10_000 }

// Kept on globalThis: the web server and each bundle of the framework load this module anew.
const shared = globalThis as unknown as { permanenceTracer?: Tracer }

/** Begins to tell traces, once a process, when an endpoint is set; one that is no address is said and nothing else happens. */
export async function keepTraces(part: 'web' | 'worker', env = process.env): Promise<void> {
  const endpoint = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || env.OTEL_EXPORTER_OTLP_ENDPOINT
  if (!endpoint || shared.permanenceTracer) return
  if (!/^https?:$/.test(URL.parse(endpoint)?.protocol ?? ''))
    return log.error('OTEL_EXPORTER_OTLP_ENDPOINT is no address of http or https: no traces are told')
  const [api, { AsyncLocalStorageContextManager }, { W3CTraceContextPropagator }, resources, sdk, otlp] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/core'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
    ])
  const name = { 'service.name': env.OTEL_SERVICE_NAME || `permanence-${part}`, 'process.pid': process.pid }
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  api.propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  const provider = new sdk.TracerProvider({
    resource: resources.resourceFromAttributes(name),
    spanProcessors: [
      new sdk.BatchSpanProcessor({ exporter: withoutWords(new otlp.OTLPTraceExporter()), ...QUEUE }),
    ],
  })
  api.trace.setGlobalTracerProvider(provider)
  shared.permanenceTracer = provider.getTracer('permanence')
}

/** Runs a job as a span of this name, when traces are told. */
export function traced<T>(name: string, run: () => Promise<T>): Promise<T> {
  const tracer = shared.permanenceTracer
  if (!tracer) return run()
  return tracer.startActiveSpan(name, { attributes: { 'next.span_type': name } }, async (span) => {
    try {
      return await run()
    } catch (error) {
      span.setStatus({ code: 2 })
      throw error
    } finally {
      span.end()
    }
  })
}

/** The span as it leaves: its method and route for a name, its code for a status, no event. */
export function toldOf(span: ReadableSpan): ReadableSpan {
  const attributes = Object.fromEntries(
    TOLD.flatMap((key) => (span.attributes[key] === undefined ? [] : [[key, span.attributes[key]]])),
  )
  const { 'http.method': method, 'http.route': route, 'next.span_type': type } = attributes
  const name = method ? [method, route].filter(Boolean).join(' ') : String(type ?? 'span')
  return Object.assign(Object.create(span), {
    name,
    attributes,
    events: [],
    links: [],
    status: { code: span.status.code },
  })
}

/** An exporter to which nothing else is given; that it fails, and that it is well again, is said once each. */
function withoutWords(exporter: SpanExporter): SpanExporter {
  let failing = false
  return {
    export(spans, done) {
      exporter.export(spans.map(toldOf), (result) => {
        const fails = Boolean(result.code)
        if (fails !== failing) log.warn(fails ? 'traces are not taken' : 'traces are taken again')
        failing = fails
        done(result)
      })
    },
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  }
}
