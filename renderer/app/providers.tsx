import { MantineProvider } from '@mantine/core'
import i18next from 'i18next'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { theme } from '../ui/theme.ts'
import { usePreferences } from './preferences.ts'

/** Theme, text size and language. Mantine writes no style elements here: `adoptTheme` brought its variables. */
export function Providers({ children }: { readonly children: ReactNode }) {
  const { theme: chosen, textSize, language } = usePreferences()
  useTranslation(undefined, { useSuspense: false })
  useEffect(() => {
    const root = document.documentElement
    root.toggleAttribute('data-hc', chosen === 'contrast')
    root.dataset['textSize'] = textSize
    root.lang = language
    void i18next.changeLanguage(language)
  }, [chosen, textSize, language])
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={chosen === 'dark' ? 'dark' : 'light'}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <div key={language} style={{ display: 'contents' }}>
        {children}
      </div>
    </MantineProvider>
  )
}
