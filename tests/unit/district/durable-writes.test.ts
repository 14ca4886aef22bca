import fs from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test, vi } from 'vitest'
import { BackupUnusable, checkBackup } from '../../../district/backup/read-backup.ts'
import { writeBackup } from '../../../district/backup/write-backup.ts'
import { openDistrictKey } from '../../../district/exchange/district-key.ts'
import type { Queryable, Store } from '../../../district/store/pool.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

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
