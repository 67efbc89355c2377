/**
 * Arrays of the types that every PostgreSQL has under the same number. The driver asks each new connection for the list
 * instead, in a statement of its own: a connection cut in that moment fails where nobody can catch it.
 */
export const ARRAYS = {
  texts: arrayType([1009, 1002, 1003, 1014, 1015, 1016, 2951], (text) => text),
  numbers: arrayType([1007, 1005, 1021, 1022, 1028], Number),
  truths: arrayType([1000], (text) => text === 't'),
  documents: arrayType([3807, 199], (text) => JSON.parse(text)),
}

const ITEM = /"((?:[^"\\]|\\.)*)"|([^,]+)/gs

/** `{a,"b c",NULL}` as PostgreSQL writes it; arrays inside arrays are not read. */
export function readArray<T>(text: string, item: (text: string) => T): (T | null)[] {
  return [...text.slice(1, -1).matchAll(ITEM)].map(([, quoted, plain = '']) =>
    quoted === undefined ? (plain === 'NULL' ? null : item(plain)) : item(quoted.replace(/\\(.)/gs, '$1')),
  )
}

export function writeArray(items: readonly unknown[]): string {
  const written = items.map((item) => {
    if (item === null) return 'NULL'
    const text = typeof item === 'object' ? JSON.stringify(item) : String(item)
    return `"${text.replace(/["\\]/g, '\\$&')}"`
  })
  return `{${written.join(',')}}`
}

function arrayType<T>(numbers: [number, ...number[]], item: (text: string) => T) {
  return {
    to: numbers[0],
    from: numbers,
    parse: (text: string) => readArray(text, item),
    serialize: (value: unknown) => (Array.isArray(value) ? writeArray(value) : value),
  }
}
