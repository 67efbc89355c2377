import { existsSync, readFileSync } from 'node:fs'

/** A package as package-lock.json has it. */
type Locked = {
  version?: string
  integrity?: string
  license?: string
  dev?: boolean
  optional?: boolean
  link?: boolean
  /** Comes inside of the package around it, and is held to its content with it. */
  inBundle?: boolean
  dependencies?: Record<string, string>
}
export type Lock = { packages: Record<string, Locked> }

/** Licences under which a package may come with what is given away under the EUPL; others are asked about, one by one. */
export const ALLOWED =
  /^\(?(0BSD|Apache-2\.0|BlueOak-1\.0\.0|BSD-2-Clause|BSD-3-Clause|CC-BY-3\.0|CC-BY-4\.0|CC0-1\.0|EUPL-1\.2|ISC|LGPL-3\.0-or-later|MIT|MIT-0|MPL-2\.0|OFL-1\.1|PostgreSQL|Python-2\.0|Unlicense|WTFPL|Zlib|etalab-2\.0)\)?$/i

export type Component = {
  name: string
  version: string
  licence: string
  /** SHA-512 in base64, by which npm refuses any other content. */
  integrity: string | null
  /** In what runs, or only in what builds and tests. */
  runs: boolean
  bundled: boolean
  at: string
  needs: string[]
}

/** Every package of the lockfile, once each version: what is really installed, the deepest included. */
export function componentsOf(lock: Lock): Component[] {
  return Object.entries(lock.packages)
    .filter(([at, one]) => at.startsWith('node_modules/') && !one.link && one.version)
    .map(([at, one]) => ({
      name: at.slice(at.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: one.version as string,
      licence: one.license ?? licenceAt(at) ?? 'unknown',
      integrity: one.integrity ?? null,
      runs: !one.dev,
      bundled: one.inBundle ?? false,
      at,
      needs: Object.keys(one.dependencies ?? {}).flatMap((name) => resolvedFrom(lock, at, name) ?? []),
    }))
}

/** Any of several, or each of them, as SPDX writes it. */
export function isAllowed(licence: string): boolean {
  return licence
    .replace(/^\(|\)$/g, '')
    .split(/ OR /i)
    .some((one) => one.split(/ AND /i).every((each) => ALLOWED.test(each.trim())))
}

/** The bill of materials, CycloneDX 1.6. */
export function billOf(components: Component[], version: string, at: Date) {
  const refs = new Map(components.map((one) => [one.at, purl(one)]))
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      timestamp: at.toISOString(),
      component: {
        type: 'application',
        'bom-ref': 'permanence',
        name: 'permanence',
        version,
        licenses: [{ license: { id: 'EUPL-1.2' } }],
      },
    },
    components: [...new Map(components.map((one) => [purl(one), one])).values()].map((one) => ({
      type: 'library',
      'bom-ref': purl(one),
      name: one.name,
      version: one.version,
      purl: purl(one),
      scope: one.runs ? 'required' : 'excluded',
      licenses: [
        /[ ()]/.test(one.licence)
          ? { expression: one.licence }
          : { license: { [one.licence === 'unknown' ? 'name' : 'id']: one.licence } },
      ],
      ...(one.integrity && {
        hashes: [
          {
            alg: 'SHA-512',
            content: Buffer.from(one.integrity.replace(/^sha512-/, ''), 'base64').toString('hex'),
          },
        ],
      }),
    })),
    dependencies: [...new Map(components.map((one) => [purl(one), one])).values()].map((one) => ({
      ref: purl(one),
      dependsOn: [...new Set(one.needs.flatMap((need) => refs.get(need) ?? []))],
    })),
  }
}

function purl({ name, version }: Component): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`
}

/** As Node finds it: in its own folder, or in one of those above. */
function resolvedFrom(lock: Lock, at: string, name: string): string | null {
  for (let from = at; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    const path = from ? `${from}/node_modules/${name}` : `node_modules/${name}`
    if (lock.packages[path]) return path
    if (!from) return null
  }
}

function licenceAt(folder: string): string | null {
  const file = `${folder}/package.json`
  if (!existsSync(file)) return null
  const { license, licenses } = JSON.parse(readFileSync(file, 'utf8'))
  return typeof license === 'string' ? license : (license?.type ?? licenses?.[0]?.type ?? null)
}
