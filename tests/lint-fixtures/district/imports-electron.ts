// caught by: biome lint/style/noRestrictedImports
import { app } from 'electron'

export const quit = app.quit
