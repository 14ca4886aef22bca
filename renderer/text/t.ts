import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { english } from './english.ts'
import type { TextPath } from './text-shape.ts'
import { vietnamese } from './vietnamese.ts'

export type TextKey = TextPath<typeof vietnamese>

void i18next.use(initReactI18next).init({
  lng: 'vi',
  fallbackLng: 'vi',
  initAsync: false,
  defaultNS: 'app',
  ns: ['app'],
  resources: { vi: { app: vietnamese }, en: { app: english } },
  interpolation: { escapeValue: false },
})

/** A text by key: `t('workList.title')`. The root renders again when the language changes. */
export function t(key: TextKey, values?: Readonly<Record<string, string | number>>): string {
  return i18next.t(key, { ...values })
}
