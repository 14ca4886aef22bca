import { convertCssVariables, DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core'
import { theme } from './theme.ts'

/**
 * Mantine would write its variables into a style element; the content security policy allows none. A constructed sheet
 * is not inline, so the variables go there and the provider is told to write nothing.
 */
export function adoptTheme(): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(convertCssVariables(defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme)), ':root'))
  // Before the linked sheets in the cascade would be better still, but nothing there sets these variables.
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}
