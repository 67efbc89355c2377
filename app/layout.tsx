import './globals.css'
import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import { unstable_rethrow } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { cookieName } from '#app/_auth/cookie.ts'
import { getActor } from './_auth/session.ts'
import { ClientWords } from './_i18n/client-words.tsx'
import { Frame } from './_shell/frame.tsx'
import { readHotline } from './_shell/hotline.ts'
import { KnownHotline } from './_shell/hotline-context.tsx'
import { isTheme, THEME_COOKIE } from './_shell/theme.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shell')
  const product = t('product')
  const prefix = (await inAnExercise()) ? `${t('exercisePrefix')} · ` : ''
  return {
    title: { default: `${prefix}${product}`, template: `${prefix}%s · ${product}` },
    description: t('tagline'),
    robots: { index: false },
  }
}

/** Not even the name of the tab may be taken for the real world. */
async function inAnExercise(): Promise<boolean> {
  try {
    return ((await getActor())?.exerciseId ?? null) !== null
  } catch (error) {
    unstable_rethrow(error)
    return false
  }
}

export const viewport: Viewport = { colorScheme: 'light dark' }

export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale()
  const chosen = (await cookies()).get(cookieName(THEME_COOKIE))?.value
  const theme = isTheme(chosen) ? chosen : 'auto'
  return (
    <html lang={locale} data-theme={theme}>
      <body>
        <ClientWords>
          <KnownHotline line={await readHotline()}>
            <Frame theme={theme}>{children}</Frame>
          </KnownHotline>
        </ClientWords>
      </body>
    </html>
  )
}
