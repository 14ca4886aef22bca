import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { DraftId, StaffId } from '../../shared/core/ids.ts'
import type { Instant } from '../../shared/core/time.ts'
import type { DraftContent, DraftView } from '../../shared/ipc/view.ts'
import { ownFolder, removeDurably } from '../disk/durable-file.ts'
import { createQueue } from '../disk/queue.ts'
import { readSealedJson, writeSealedJson } from '../vault/sealed-file.ts'

/** Drafts (nháp): one sealed file each, written whole within a second of the last key. */
export interface DraftStore {
  readonly list: () => readonly DraftView[]
  readonly save: (draft: { id: DraftId; content: DraftContent; staffId: StaffId; savedAt: Instant }) => Promise<void>
  readonly discard: (id: DraftId) => Promise<void>
  readonly onChange: (listener: () => void) => void
  /** Resolves when every save handed in so far is on the disk. */
  readonly settled: () => Promise<void>
}

export async function openDraftStore(folder: string, key: Uint8Array): Promise<DraftStore> {
  await ownFolder(folder)
  const drafts = new Map<string, DraftView>()
  for (const name of await readdir(folder)) {
    const id = /^([0-9a-f-]{36})\.sealed$/.exec(name)?.[1]
    if (!id) continue
    const read = await readSealedJson(path.join(folder, name), key, placeOf(id))
    if (read.state === 'read') drafts.set(id, read.value as DraftView)
  }
  const queue = createQueue()
  const listeners: (() => void)[] = []
  const changed = () => {
    for (const listener of listeners) listener()
  }
  const fileOf = (id: string) => path.join(folder, `${id}.sealed`)
  return {
    list: () => [...drafts.values()].sort((a, b) => b.savedAt.localeCompare(a.savedAt)),
    save: (draft) =>
      queue(async () => {
        await writeSealedJson(fileOf(draft.id), key, placeOf(draft.id), draft)
        drafts.set(draft.id, draft)
        changed()
      }),
    discard: (id) =>
      queue(async () => {
        if (!drafts.has(id)) return
        await removeDurably(fileOf(id))
        drafts.delete(id)
        changed()
      }),
    onChange: (listener) => {
      listeners.push(listener)
    },
    settled: () => queue(async () => undefined),
  }
}

function placeOf(id: string): string {
  return `drafts/${id}`
}
