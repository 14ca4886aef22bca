import path from 'node:path'
import { z } from 'zod'
import { instantSchema } from '../../shared/core/schemas.ts'
import { ensureFolder } from '../disk/durable-file.ts'
import { readSealedJson, writeSealedJson } from '../vault/sealed-file.ts'

const settingsSchema = z.object({
  /** As the officer chose it; the desk's place lies inside. */
  folder: z.string(),
  /** What the place's marker says, so that another disk under the same name is not taken for it. */
  placeId: z.string(),
  lastAt: instantSchema.optional(),
})
export type BackupSettings = z.infer<typeof settingsSchema>

/** Lies beside the key, outside of what is backed up: a copy that changed its own source would never be the last. */
export interface BackupSettingsStore {
  readonly current: () => BackupSettings | undefined
  readonly save: (settings: BackupSettings) => Promise<void>
}

const place = 'vault/backup'

export async function openBackupSettings(folder: string, key: Uint8Array): Promise<BackupSettingsStore> {
  await ensureFolder(folder)
  const file = path.join(folder, 'backup.sealed')
  const read = await readSealedJson(file, key, place)
  let settings = read.state === 'read' ? settingsSchema.safeParse(read.value).data : undefined
  return {
    current: () => settings,
    async save(next) {
      await writeSealedJson(file, key, place, next)
      settings = next
    },
  }
}
