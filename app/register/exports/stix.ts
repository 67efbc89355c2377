import { createHash } from 'node:crypto'
import { FORMAT, type Loss } from '../rules/record.ts'
import type { Tlp } from '../rules/tlp.ts'

/** Marking definitions of TLP 2.0 as OASIS registers them, and the extension that defines them. */
const TLP2 = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d'
const MARKINGS: Record<Tlp, string> = {
  'TLP:CLEAR': '94868c89-83c2-464b-929b-a1a8aa3c8487',
  'TLP:GREEN': 'bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  'TLP:AMBER': '55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'TLP:AMBER+STRICT': '939a9414-2ddd-4d32-a0cd-375ea402b003',
  'TLP:RED': 'e828b379-4e03-4974-9ac4-e53a884c97c1',
}

/** Any name space of our own will do, as long as it stays the same: the same record is the same object for ever. */
const SPACE = Buffer.from('6f0f2f8e1f0a4c5ba5a4d1c0b7e3f911', 'hex')
const EXTENSION = `extension-definition--${uuid('extension', FORMAT)}`

export type Labelled = { loss: Loss; tlp: Tlp; at: Date; createdAt: Date }

/** Records as STIX 2.1: an incident each, whose own fields stand in an extension that the bundle defines. */
export function stixBundle(
  records: readonly Labelled[],
  author: { name: string; key: string },
  schema: string,
): object {
  const identity = `identity--${uuid('identity', author.key)}`
  const [first] = records.map(({ createdAt }) => createdAt.getTime()).sort((a, b) => a - b)
  const made = new Date(first ?? 0).toISOString()
  const common = { spec_version: '2.1', created: made, modified: made }
  const labels = [...new Set(records.map(({ tlp }) => tlp))]
  return {
    type: 'bundle',
    id: `bundle--${uuid('bundle', records.map(({ loss }) => `${loss.id}/${loss.version}`).join())}`,
    objects: [
      { type: 'identity', id: identity, ...common, name: author.name, identity_class: 'organization' },
      {
        type: 'extension-definition',
        id: EXTENSION,
        ...common,
        created_by_ref: identity,
        name: 'Loss of access to an emergency service',
        description: 'What was lost, how it was seen, who was told and what was learned.',
        schema,
        version: '1.0.0',
        extension_types: ['property-extension'],
      },
      ...labels.map((tlp) => ({
        type: 'marking-definition',
        spec_version: '2.1',
        id: `marking-definition--${MARKINGS[tlp]}`,
        created: '2022-10-01T00:00:00.000Z',
        name: tlp,
        extensions: { [TLP2]: { extension_type: 'property-extension', tlp_2_0: tlp.slice(4).toLowerCase() } },
      })),
      ...records.map(({ loss, tlp, at, createdAt }) => ({
        type: 'incident',
        spec_version: '2.1',
        id: `incident--${uuid('incident', loss.id)}`,
        created: createdAt.toISOString(),
        modified: at.toISOString(),
        created_by_ref: identity,
        name: loss.id,
        object_marking_refs: [`marking-definition--${MARKINGS[tlp]}`],
        confidence: { A: 85, B: 50, C: 15 }[loss.confidence],
        external_references: loss.sources.map((source) =>
          /^https?:/.test(source)
            ? { source_name: new URL(source).host, url: source }
            : { source_name: 'source', description: source },
        ),
        extensions: { [EXTENSION]: { extension_type: 'property-extension', ...loss } },
      })),
    ],
  }
}

/** UUID of a name (version 5). */
function uuid(kind: string, name: string): string {
  const hash = createHash('sha1').update(SPACE).update(`${kind}:${name}`).digest().subarray(0, 16)
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
