import en from '#app/_i18n/messages/en/symptoms.json' with { type: 'json' }
import enWords from '#app/_i18n/messages/en/vocabulary.json' with { type: 'json' }
import fr from '#app/_i18n/messages/fr/symptoms.json' with { type: 'json' }
import frWords from '#app/_i18n/messages/fr/vocabulary.json' with { type: 'json' }
import type { Called } from '../rules/typed-search.ts'

/** What the codes of a report are called, in each language: whoever searches types what he reads. */
export const CALLED: Called = new Map(
  [fr, en, frWords.technology, enWords.technology]
    .flatMap((words) => Object.entries(words))
    .reduce(
      (all, [code, words]) => all.set(code, [...(all.get(code) ?? []), words]),
      new Map<string, string[]>(),
    ),
)
