'use client'

// The one of the browser: the one of the server would ask for what ClientWords already has.
export { NextIntlClientProvider as WordsProvider } from 'next-intl'
