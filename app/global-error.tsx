'use client'

import './globals.css'
import { useSyncExternalStore } from 'react'
import en from './_i18n/messages/en/shell.json' with { type: 'json' }
import fr from './_i18n/messages/fr/shell.json' with { type: 'json' }
import { lastKnownHotline } from './_shell/hotline-context.tsx'

/** The frame itself failed: no language is known any more, so both are written, French first. */
export default function GlobalFailure({ retry }: { error: unknown; retry: () => void }) {
  const kept = useSyncExternalStore(
    () => () => {},
    () => JSON.stringify(lastKnownHotline()),
    () => 'null',
  )
  const line = JSON.parse(kept) as ReturnType<typeof lastKnownHotline>
  return (
    <html lang="fr">
      <body className="p-5">
        <title>{fr.failure.title}</title>
        <main className="mx-auto grid max-w-2xl gap-8">
          {[
            { lang: 'fr', words: fr },
            { lang: 'en', words: en },
          ].map(({ lang, words }) => (
            <section key={lang} lang={lang} role="alert">
              <h1 className="text-2xl">{words.failure.title}</h1>
              <p className="mt-2 text-lg">{words.failure.text}</p>
              {line && (
                <p className="mt-3 font-semibold">
                  {words.failure.call}{' '}
                  <a href={line.href} className="block text-4xl font-bold whitespace-nowrap text-ink">
                    {line.display}
                  </a>
                </p>
              )}
              <button
                type="button"
                onClick={retry}
                className="mt-4 min-h-11 rounded-m border border-accent bg-accent px-4 font-semibold text-on-accent"
              >
                {words.failure.retry}
              </button>
            </section>
          ))}
        </main>
      </body>
    </html>
  )
}
