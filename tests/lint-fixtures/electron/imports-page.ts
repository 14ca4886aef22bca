// caught by: biome lint/style/noRestrictedImports
import('../renderer/neutral.ts')
