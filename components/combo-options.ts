import { useEffect, useRef, useState } from 'react'

export type ComboOption = { value: string; label: string; hint?: string }

export type OptionSource = {
  /** A server action, or any function; else the address of a JSON list of options, asked with `?q=`. */
  fetcher?: (query: string) => Promise<ComboOption[]>
  source?: string
  minLength?: number
}

const WAIT_MS = 150

/** The options for a text, asked once the typing pauses; an answer that comes after a later question is dropped. */
export function useOptions({ fetcher, source, minLength = 2 }: OptionSource, query: string) {
  const [found, setFound] = useState<{ query: string; options: ComboOption[] }>({ query: '', options: [] })
  const ask = useRef(fetcher)
  ask.current = fetcher
  const trimmed = query.trim()
  const tooShort = trimmed.length < minLength
  useEffect(() => {
    if (tooShort) return
    let current = true
    const timer = setTimeout(async () => {
      const options = await (ask.current ? ask.current(trimmed) : fetchOptions(source, trimmed)).catch(
        () => [],
      )
      if (current) setFound({ query: trimmed, options })
    }, WAIT_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [trimmed, tooShort, source])
  if (tooShort) return { options: [], settled: false }
  return { options: found.options, settled: found.query === trimmed }
}

async function fetchOptions(source: string | undefined, query: string): Promise<ComboOption[]> {
  if (!source) return []
  const answer = await fetch(`${source}${source.includes('?') ? '&' : '?'}q=${encodeURIComponent(query)}`)
  return answer.ok ? answer.json() : []
}
