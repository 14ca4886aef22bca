// caught by: biome lint/style/noRestrictedImports
import { Subject } from 'rxjs'

export const subject = new Subject<string>()
