import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openAttachmentStore } from '../../../electron/attachments/attachment-store.ts'
import { openDraftStore } from '../../../electron/drafts/draft-store.ts'
import type { DraftId, StaffId } from '../../../shared/core/ids.ts'
import { openNodeDesk } from '../../harness/node-desk.ts'
import { sampleId } from '../../harness/sample-events.ts'
import { tempFolder } from '../../harness/temp-folder.ts'
import { stepsBehind, watchDisk } from '../../harness/watch-disk.ts'

const key = Buffer.alloc(32, 3)

test('the same scan stored many times at once is stored once, and opens', async () => {
  const store = await openAttachmentStore(tempFolder(), key)
  const bytes = randomBytes(1_000_000)
  const hashes = await Promise.all(Array.from({ length: 8 }, () => store.put(bytes)))
  expect(new Set(hashes).size).toBe(1)
  const found = await store.find(hashes[0] ?? '')
  expect(Buffer.isBuffer(found) && found.equals(bytes)).toBe(true)
})

test.runIf(process.platform === 'linux')('a scan has its name only when its bytes are on the disk', async () => {
  const folder = fs.realpathSync(tempFolder())
  const store = await openAttachmentStore(folder, key)
  const steps = watchDisk()
  const sha256 = await store.put(randomBytes(100_000))
  const file = path.join(folder, sha256.slice(0, 2), `${sha256}.sealed`)
  expect(stepsBehind(file, steps)).toEqual(['sync', 'rename', 'sync-folder'])
})

test('a scan moved under another name does not open there', async () => {
  const folder = tempFolder()
  const store = await openAttachmentStore(folder, key)
  const sha256 = await store.put(Buffer.from('%PDF-1.4 one'))
  const other = await openAttachmentStore(folder, Buffer.alloc(32, 4))
  expect(await other.find(sha256)).toBe('damaged')
})

test('closing waits for the draft that is being saved', async () => {
  const folder = tempFolder()
  const desk = await openNodeDesk({ folder })
  const id = sampleId(5) as DraftId
  const draft = {
    id,
    staffId: 'goi.hanh' as StaffId,
    savedAt: '2022-08-17T01:00:00.000Z',
    content: { typed: 'x'.repeat(400_000) },
  }
  void desk.drafts.save(draft)
  await desk.close()
  const again = await openNodeDesk({ folder })
  expect(again.drafts.list()).toEqual([draft])
  await again.close()
})

test('a draft is discarded for good, and saving keeps the newest', async () => {
  const folder = path.join(tempFolder(), 'drafts')
  const store = await openDraftStore(folder, key)
  const draft = (typed: string, at: number) => ({
    id: sampleId(at) as DraftId,
    staffId: 'goi.hanh' as StaffId,
    savedAt: '2022-08-17T01:00:00.000Z',
    content: { typed },
  })
  await store.save(draft('một', 1))
  await store.save(draft('hai', 1))
  await store.save(draft('khác', 2))
  await store.discard(sampleId(2) as DraftId)
  expect((await openDraftStore(folder, key)).list()).toEqual([draft('hai', 1)])
})
