// caught by: biome lint/style/noRestrictedImports
import { shell } from 'electron'

export const open = shell.openExternal
