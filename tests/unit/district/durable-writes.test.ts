import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test, vi } from 'vitest'
import { attachmentFile, writeAttachment } from '../../../district/attachments/attachment-store.ts'
import { BackupUnusable, checkBackup } from '../../../district/backup/read-backup.ts'
import { writeBackup } from '../../../district/backup/write-backup.ts'
import { addPart, incomingFile } from '../../../district/courier/incoming.ts'
import { openDistrictKey } from '../../../district/exchange/district-key.ts'
import type { Desk } from '../../../district/store/desks.ts'
import type { Queryable, Store } from '../../../district/store/pool.ts'
import { tempFolder } from '../../harness/temp-folder.ts'
import { type DiskStep, stepsBehind, watchDisk } from '../../harness/watch-disk.ts'

/** The folders synced after something got its name in them. */
function watchSyncs(): readonly string[] {
  const synced: string[] = []
  const sync = fs.fsyncSync
  vi.spyOn(fs, 'fsyncSync').mockImplementation((handle) => {
    if (fs.fstatSync(handle).isDirectory()) synced.push(fs.readlinkSync(`/proc/self/fd/${handle}`))
    sync(handle)
  })
  return synced
}

test.runIf(process.platform === 'linux')(
  'a key and a backup are on the disk under their names, folder and all',
  async () => {
    const synced = watchSyncs()
    const dataFolder = fs.realpathSync(tempFolder())
    openDistrictKey(dataFolder)
    expect(synced).toEqual([dataFolder])
    const folder = fs.realpathSync(tempFolder())
    await writeBackup(emptyStore, { dataFolder, file: path.join(folder, 'b.gz'), takenAt: '', scans: false })
    // Signing key, letter box, backup.
    expect(synced).toEqual([dataFolder, dataFolder, folder])
  },
)

const syncedFolders = (steps: readonly DiskStep[]) =>
  steps.flatMap((step) => (step.did === 'sync-folder' ? step.path : []))

test.runIf(process.platform === 'linux')(
  'a scan has its name only when its bytes are on the disk, and is durable under its whole path, also where another upload has just made the folders',
  async () => {
    const dataFolder = fs.realpathSync(tempFolder())
    const scan = Buffer.from('%PDF-1.7 giấy khai sinh')
    const sha256 = createHash('sha256').update(scan).digest('hex')
    const file = attachmentFile(dataFolder, 'goi', sha256)
    const folder = path.dirname(file)
    fs.mkdirSync(folder, { recursive: true })
    const steps = watchDisk()
    const only = async function* () {
      yield scan
    }
    expect(await writeAttachment(dataFolder, 'goi', sha256, only())).toMatchObject({ ok: true })
    const above = [path.dirname(folder), path.join(dataFolder, 'attachments'), dataFolder]
    expect(new Set(syncedFolders(steps))).toEqual(new Set([folder, ...above]))
    const before = steps.length
    await writeAttachment(dataFolder, 'goi', sha256, only())
    const again = steps.slice(before)
    expect(syncedFolders(again)).toEqual([folder])
    expect(stepsBehind(file, again)).toEqual(['sync', 'rename', 'sync-folder'])
  },
)

test.runIf(process.platform === 'linux')('the first part of a courier file is durable under its name', async () => {
  const dataFolder = fs.realpathSync(tempFolder())
  const carrier = { deskId: 'desk' } as unknown as Desk
  const steps = watchDisk()
  expect(await addPart(dataFolder, carrier, 'file', 0, Buffer.from('part'))).toBe(4)
  const file = incomingFile(dataFolder, carrier, 'file')
  const folder = path.dirname(file)
  expect(steps).toContainEqual({ did: 'sync', path: file, bytes: 4 })
  const synced = syncedFolders(steps)
  expect(synced).toEqual(expect.arrayContaining([folder, path.dirname(folder), dataFolder]))
  expect(synced.at(-1)).toBe(folder)
})

test('a line of many megabytes is read in a moment', async () => {
  const file = path.join(tempFolder(), 'big.gz')
  fs.writeFileSync(file, gzipSync(`head {}\nscan goi ${'ab'.repeat(8_000_000)}\n`, { level: 1 }))
  const from = performance.now()
  await expect(checkBackup(file, 1)).rejects.toThrow(BackupUnusable)
  expect(performance.now() - from).toBeLessThan(3000)
})

const emptyStore = {
  query: async () => ({ rows: [] }),
  transaction: async <T>(work: (session: Queryable) => Promise<T>) => work(emptyStore),
} as unknown as Store
