import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import compile from 'icu-minify/compile'
import { describe, expect, it } from 'vitest'
import { LOCALES, type Locale } from './locale.ts'
import { messagesOf } from './messages.ts'

/** Dotted key → sentence. */
function sentences(tree: object, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    const path = prefix ? `${prefix}.${key}` : key
    if (typeof value === 'string') found.set(path, value)
    else for (const [k, v] of sentences(value, path)) found.set(k, v)
  }
  return found
}

const KINDS = ['pound', 'select', 'plural', 'selectordinal', 'number', 'date', 'time']

/** The arguments and tags of an ICU sentence: `{count, plural, …}` gives `count:plural`, `<b>` gives `<b>`. */
function holes(sentence: string): string[] {
  const found = new Set<string>()
  const walk = (node: unknown) => {
    if (!Array.isArray(node)) return
    const [name, kind, ...rest] = node
    if (typeof name !== 'string') return
    if (node.length === 1) found.add(name)
    else if (typeof kind === 'number') {
      found.add(`${name}:${KINDS[kind]}`)
      for (const branches of rest) for (const branch of Object.values(branches as object)) walkAll(branch)
    } else {
      found.add(`<${name}>`)
      walkAll([kind, ...rest])
    }
  }
  const walkAll = (message: unknown) => {
    if (Array.isArray(message)) for (const node of message) walk(node)
  }
  walkAll(compile(sentence))
  return [...found].sort()
}

const all = Object.fromEntries(LOCALES.map((locale) => [locale, sentences(messagesOf(locale))])) as Record<
  Locale,
  Map<string, string>
>

describe('the two languages', () => {
  it('have been read', () => {
    expect(all.fr.size).toBeGreaterThan(20)
  })

  it('hold the same keys', () => {
    const missingInEnglish = [...all.fr.keys()].filter((key) => !all.en.has(key))
    const missingInFrench = [...all.en.keys()].filter((key) => !all.fr.has(key))
    expect({ missingInEnglish, missingInFrench }).toEqual({ missingInEnglish: [], missingInFrench: [] })
  })

  it('hold the same placeholders in each sentence', () => {
    const different = [...all.fr]
      .filter(([key, french]) => holes(french).join() !== holes(all.en.get(key) ?? '').join())
      .map(([key]) => key)
    expect(different).toEqual([])
  })

  it('leave no sentence empty in one language only (a unit may have no word in either)', () => {
    const empty = (locale: Locale) =>
      [...all[locale]].filter(([, text]) => text.trim() === '').map(([key]) => key)
    expect(empty('en')).toEqual(empty('fr'))
  })

  it('find a difference when there is one (counter-proof)', () => {
    expect(holes('{count, plural, one {# appel} other {# appels}} de {name}')).toEqual([
      'count:plural',
      'name',
    ])
    expect(holes('<b>{name}</b>')).toEqual(['<b>', 'name'])
    expect(holes('{to, select, one {a word} other {<i>{n}</i>}}')).toEqual(['<i>', 'n', 'to:select'])
  })
})

const root = process.cwd()

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') ? [path] : []
  })
}

/** Keys written out in the code: `const t = useTranslations('shell')` then `t('skip')`. */
function keysUsed(code: string): string[] {
  const asked = /const (\w+) = (?:await )?(?:useTranslations|getTranslations)\('([\w.]+)'\)/g
  const namespaces = new Map<string, Set<string>>()
  for (const [, name = '', namespace = ''] of code.matchAll(asked))
    namespaces.set(name, (namespaces.get(name) ?? new Set()).add(namespace))
  return [...namespaces].flatMap(([name, spaces]) => {
    // The same name bound to two namespaces in one file cannot be told apart here.
    if (spaces.size !== 1) return []
    const calls = new RegExp(`\\b${name}(?:\\.rich|\\.markup|\\.raw)?\\(\\s*'([\\w.-]+)'`, 'g')
    return [...code.matchAll(calls)].map(([, key]) => `${[...spaces][0]}.${key}`)
  })
}

describe('the keys written in the code', () => {
  const used = sources(join(root, 'app')).flatMap((file) => keysUsed(readFileSync(file, 'utf8')))

  it('have been read', () => {
    expect(used).toContain('shell.skip')
  })

  it('all have a sentence', () => {
    const groups = [...all.fr.keys()]
    const unknown = used.filter((key) => !all.fr.has(key) && !groups.some((k) => k.startsWith(`${key}.`)))
    expect([...new Set(unknown)]).toEqual([])
  })
})
