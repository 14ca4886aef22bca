/// <reference types="electron-vite/node" />
import regular from '@expo-google-fonts/noto-serif/400Regular/NotoSerif_400Regular.ttf?asset'
import italic from '@expo-google-fonts/noto-serif/400Regular_Italic/NotoSerif_400Regular_Italic.ttf?asset'
import bold from '@expo-google-fonts/noto-serif/700Bold/NotoSerif_700Bold.ttf?asset'
import type { PaperFontName } from '../../shared/law/papers/paper-css.ts'

/** Where the bundler put the font files of papers. */
export const paperFontFiles: Readonly<Record<PaperFontName, string>> = { regular, bold, italic }
