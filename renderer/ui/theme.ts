import { createTheme, type MantineColorsTuple } from '@mantine/core'

const cham: MantineColorsTuple = [
  '#e3edf7',
  '#cfe0f0',
  '#a9c7e4',
  '#80acd6',
  '#5690c6',
  '#3a78b3',
  '#23629f',
  '#1b5088',
  '#174572',
  '#123a63',
]

/** Indigo for structure and action; sizes for 1366×768. Colours that mean something stand in `tokens.css`. */
export const theme = createTheme({
  primaryColor: 'cham',
  colors: { cham },
  primaryShade: { light: 7, dark: 6 },
  fontFamily: "'Be Vietnam Pro', 'Segoe UI', system-ui, sans-serif",
  defaultRadius: 6,
  fontSizes: { xs: '12.5px', sm: '14px', md: '14px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm', h: 34, px: 14 } },
    Select: { defaultProps: { allowDeselect: false, comboboxProps: { shadow: 'md' } } },
    TextInput: { defaultProps: { spellCheck: false, autoComplete: 'off' } },
    Textarea: { defaultProps: { spellCheck: false, autoComplete: 'off' } },
    // Locking the scroll would write a style element, which the content security policy forbids.
    Modal: { defaultProps: { lockScroll: false, overlayProps: { backgroundOpacity: 0.45 } } },
  },
})
