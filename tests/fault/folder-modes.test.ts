import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { DraftId, StaffId } from '../../shared/core/ids.ts'
import { courierPath } from '../../shared/wire/courier.ts'
import { openCourierDesk, receive, scanOf, writeTo } from '../harness/courier-desks.ts'
import { newId } from '../harness/node-desk.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { testCluster } from '../harness/test-cluster.ts'

const cluster = testCluster()

/** What accounts other than the owner's may enter or read; `root` itself is looked at, too. */
function openToOthers(root: string): readonly string[] {
  const entries = fs.readdirSync(root, { recursive: true, withFileTypes: true })
  const below = entries.map((entry) => path.join(entry.parentPath, entry.name))
  return [root, ...below].filter((place) => (fs.statSync(place).mode & 0o077) !== 0)
}

test.runIf(process.platform !== 'win32')(
  'what a desk at work and its district make belongs to their own account alone',
  async () => {
    const district = await cluster.district()
    const { desk, folder } = await openCourierDesk(district, 'Quầy 1')
    await receive(desk, [scanOf(2000, 1), scanOf(200_000, 2)])
    await desk.drafts.save({
      ...{ id: newId() as DraftId, content: { n: 1 }, staffId: 'goi.hanh' as StaffId },
      savedAt: desk.clock.instant(),
    })
    const [disk, stick] = [path.join(tempFolder(), 'disk'), path.join(tempFolder(), 'stick')]
    for (const place of [disk, stick]) fs.mkdirSync(place, { mode: 0o700 })
    expect(await desk.backup.choose(disk)).toMatchObject({ state: 'done' })
    await writeTo(desk, stick)
    desk.startExchange()
    await desk.findExchange()?.now()
    expect(desk.findExchange()?.status()).toMatchObject({ unsentEvents: 0, unsentScans: 0 })
    const carrier = await district.enrol()
    const type = { 'content-type': 'application/octet-stream' }
    const part = await carrier.sign('PUT', `${courierPath}/${randomUUID()}/0`, Buffer.from('a part'), type)
    expect((await carrier.send(part)).status).toBe(200)

    const { dataFolder } = district.district
    for (const name of ['journal', 'mirror', 'drafts', 'scans', 'settings', 'vault', 'reference', 'couriers']) {
      expect(fs.readdirSync(folder), name).toContain(name)
    }
    for (const name of ['attachments/goi', 'attachments/.uploads', 'couriers', 'district-key.pem', 'admin-token']) {
      expect(fs.existsSync(path.join(dataFolder, name)), name).toBe(true)
    }
    // Walked through by the database's own user, but not listed: 0711, or less where whoever runs this has a stricter umask.
    expect(fs.statSync(dataFolder).mode & 0o066).toBe(0)
    const walkable = 0o011 & ~process.umask()
    expect([folder, disk, stick, dataFolder].flatMap(openToOthers)).toEqual(walkable ? [dataFolder] : [])
  },
)
