import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { z } from 'zod'

const contract = JSON.parse(readFileSync('../shared/tmf621/TMF621-TroubleTicket-v4.0.0.swagger.json', 'utf8'))

/** One definition of the standard's own contract. */
export function ofContract(name: string): z.ZodType {
  return z.fromJSONSchema({
    $schema: 'http://json-schema.org/draft-07/schema#',
    $ref: `#/definitions/${name}`,
    definitions: contract.definitions,
  } as never)
}

const TICKET = ofContract('TroubleTicket')

/** An answer is what the contract says it is. */
export function valid(body: unknown, of = TICKET): void {
  expect(of.safeParse(body).error, JSON.stringify(body)).toBeUndefined()
}
