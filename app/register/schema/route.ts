import { z } from 'zod'
import { lossRecord } from '../rules/record.ts'

/** The published form of a record, for anybody: JSON Schema, made of the schema that checks what comes in. */
export function GET(): Response {
  return Response.json(z.toJSONSchema(lossRecord), { headers: { 'content-type': 'application/schema+json' } })
}
