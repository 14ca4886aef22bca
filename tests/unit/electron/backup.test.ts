import fs from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { backupPlaceOf, stateFolders } from '../../../electron/backup/backup-place.ts'
import { openOldDesk } from '../../../electron/backup/old-desk.ts'
import { findPlaces, wholeStates } from '../../../electron/backup/read-backup.ts'
import type { Desk } from '../../../electron/desk.ts'
import { chainEvent } from '../../../electron/journal/chain.ts'
import type { DraftId, StaffId } from '../../../shared/core/ids.ts'
import { openNodeDesk } from '../../harness/node-desk.ts'
import { sampleDeskId, sampleEvent, sampleId, sampleReception } from '../../harness/sample-events.ts'
import { sampleIdentity } from '../../harness/sample-identity.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

interface Scene {
  readonly folder: string
  readonly usb: string
  readonly desk: Desk
  readonly place: ReturnType<typeof backupPlaceOf>
  readonly dataKey: () => Buffer
}

async function openScene(): Promise<Scene> {
  const folder = tempFolder()
  const usb = tempFolder()
  const desk = await openNodeDesk({ folder })
  onTestFinished(() => desk.close())
  await desk.identity.save(await sampleIdentity())
  const stored = () =>
    JSON.parse(fs.readFileSync(path.join(folder, 'vault', 'data-key.json'), 'utf8')) as { key: string }
  return {
    folder,
    usb,
    desk,
    place: backupPlaceOf(usb, sampleDeskId),
    dataKey: () => Buffer.from(stored().key, 'base64'),
  }
}

async function append(desk: Desk, number: number): Promise<void> {
  const event = number === 1 ? sampleReception(1, 1, 1) : sampleEvent(number, 1, number)
  await desk.journal.append([{ own: [chainEvent(desk.journal.index.chain, event)] }])
}

/** A folder in the place of the file: nothing can be renamed onto it. */
function refuseSettings(folder: string): void {
  const file = path.join(folder, 'vault', 'backup.sealed')
  fs.rmSync(file)
  fs.mkdirSync(file)
}

function filesBelow(folder: string): string[] {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
}

const draft = (n: number) => ({
  id: sampleId(n) as DraftId,
  content: { n },
  staffId: 'goi.son' as StaffId,
  savedAt: '2022-08-17T01:00:00.000Z',
})

test('a backup holds journal, drafts and scans, opens with the data key alone, and that key is not in it', async () => {
  const { desk, usb, place, dataKey } = await openScene()
  await append(desk, 1)
  await desk.drafts.save(draft(50))
  const sha256 = await desk.attachments.put(Buffer.from('%PDF-1.7 một bản quét'))
  expect(await desk.backup.choose(usb)).toMatchObject({ state: 'done', folder: usb, isStale: false })

  expect((await findPlaces(usb)).map(({ root }) => root)).toEqual([place.root])
  const old = await openOldDesk(place, dataKey(), path.join(tempFolder(), 'old'))
  if (!old.ok) throw new Error(old.error)
  onTestFinished(() => old.value.close())
  expect(old.value.journal.index.unsent.size).toBe(1)
  expect(old.value.drafts).toEqual([draft(50)])
  expect((await old.value.scans.find(sha256))?.toString()).toBe('%PDF-1.7 một bản quét')
  for (const file of filesBelow(usb)) {
    const bytes = fs.readFileSync(file)
    expect(bytes.includes(dataKey())).toBe(false)
    expect(bytes.includes(dataKey().toString('base64'))).toBe(false)
  }
})

test('a choice that this PC cannot keep is refused, and the former place stays the one told', async () => {
  const { desk, folder, usb } = await openScene()
  const before = await desk.backup.choose(usb)
  refuseSettings(folder)
  await expect(desk.backup.choose(tempFolder())).rejects.toThrow('EISDIR')
  expect(desk.backup.status()).toEqual(before)
})

test('a copy that was made counts, though this PC could not write down when', async () => {
  const { desk, folder, usb } = await openScene()
  await desk.backup.choose(usb)
  refuseSettings(folder)
  await append(desk, 1)
  expect(await desk.backup.now()).toMatchObject({ state: 'done' })
})

test('a draft copied just before it became a dossier is not brought back: it would be received twice', async () => {
  const { desk, usb, place, dataKey } = await openScene()
  const done = { ...draft(51), content: { commandId: sampleReception(1, 1, 1).commandId } }
  const open = { ...draft(52), content: { commandId: sampleId(77) } }
  for (const each of [done, open]) await desk.drafts.save(each)
  await append(desk, 1)
  await desk.backup.choose(usb)
  const old = await openOldDesk(place, dataKey(), path.join(tempFolder(), 'old'))
  if (!old.ok) throw new Error(old.error)
  onTestFinished(() => old.value.close())
  expect(old.value.drafts).toEqual([open])
})

test('nothing changed, nothing written; one entry more costs one piece of its file and one state', async () => {
  const { desk, usb, place } = await openScene()
  await append(desk, 1)
  await desk.backup.choose(usb)
  const states = () => fs.readdirSync(place.states)
  const before = filesBelow(usb).sort()
  expect(await desk.backup.now()).toMatchObject({ state: 'done' })
  expect(filesBelow(usb).sort()).toEqual(before)
  for (let n = 2; n < 6; n += 1) {
    await append(desk, n)
    await desk.backup.now()
  }
  expect(states()).toHaveLength(2)
  const kept = new Set((await wholeStates(place)).flatMap(({ state }) => state.files.flatMap(({ pieces }) => pieces)))
  const pieces = filesBelow(place.pieces).map((file) => path.basename(file))
  expect(pieces.sort()).toEqual([...kept].sort())
})

test('the newest state without one of its pieces gives way to the whole one before it', async () => {
  const { desk, usb, place, dataKey } = await openScene()
  await append(desk, 1)
  await desk.backup.choose(usb)
  await append(desk, 2)
  await desk.backup.now()
  const [newest, former] = await wholeStates(place)
  const formerPieces = new Set(former?.state.files.flatMap(({ pieces }) => pieces))
  const fresh = newest?.state.files.flatMap(({ pieces }) => pieces).find((piece) => !formerPieces.has(piece)) ?? ''
  const file = path.join(place.pieces, fresh.slice(0, 2), fresh)
  const bytes = fs.readFileSync(file)

  // Torn, and of the right length but another content: the one is seen at once, the other when it is put together.
  for (const damage of [bytes.subarray(1), Buffer.alloc(bytes.byteLength)]) {
    fs.writeFileSync(file, damage)
    const old = await openOldDesk(place, dataKey(), path.join(tempFolder(), 'old'))
    if (!old.ok) throw new Error(old.error)
    expect(old.value.state.n).toBe(former?.state.n)
    expect(old.value.journal.index.unsent.size).toBe(1)
    await old.value.close()
  }
})

test('a state that was changed, or of another desk, is not believed', async () => {
  const { desk, usb, place, dataKey } = await openScene()
  await append(desk, 1)
  await desk.backup.choose(usb)
  const [newest] = await wholeStates(place)
  const file = path.join(place.states, `${newest?.state.n}.json`)
  const { body, mac } = JSON.parse(fs.readFileSync(file, 'utf8')) as { body: string; mac: string }
  const withoutDrafts = JSON.stringify({ ...JSON.parse(body), files: [] })
  fs.writeFileSync(file, JSON.stringify({ body: withoutDrafts, mac }))
  expect(await openOldDesk(place, dataKey(), path.join(tempFolder(), 'old'))).toEqual({ ok: false, error: 'damaged' })
  fs.writeFileSync(file, JSON.stringify({ body, mac }))
  expect(await openOldDesk(place, Buffer.alloc(32), path.join(tempFolder(), 'old'))).toMatchObject({ ok: false })
})

test('a folder that is gone, or another disk under its name, is said and not written into', async () => {
  const { desk, usb, place } = await openScene()
  await append(desk, 1)
  await desk.backup.choose(usb)
  fs.renameSync(place.root, `${place.root}-unplugged`)
  await append(desk, 2)
  expect(await desk.backup.now()).toMatchObject({ state: 'missing' })
  fs.mkdirSync(place.root)
  fs.writeFileSync(place.marker, JSON.stringify({ placeId: 'another disk' }))
  expect(await desk.backup.now()).toMatchObject({ state: 'missing' })
  expect(fs.readdirSync(place.root)).toEqual(['place.json'])
  fs.rmSync(place.root, { recursive: true })
  fs.renameSync(`${place.root}-unplugged`, place.root)
  expect(await desk.backup.now()).toMatchObject({ state: 'done' })
})

test('closing copies what was done in the last seconds', async () => {
  const { desk, usb, place, dataKey } = await openScene()
  await append(desk, 1)
  await desk.backup.choose(usb)
  await append(desk, 2)
  await desk.close()
  const old = await openOldDesk(place, dataKey(), path.join(tempFolder(), 'old'))
  expect(old.ok && old.value.journal.index.unsent.size).toBe(2)
})

test('every folder of a desk is either backed up or left out on purpose', async () => {
  const { desk, folder } = await openScene()
  await append(desk, 1)
  await desk.drafts.save(draft(50))
  await desk.attachments.put(Buffer.from('%PDF-1.7'))
  // The key; the log; scans, which are copied by name; the witness, which lies outside unless a test runs the desk.
  const leftOut = ['vault', 'log', 'scans', 'witness']
  const folders = fs.readdirSync(folder).filter((name) => !leftOut.includes(name))
  expect(folders.filter((name) => !(stateFolders as readonly string[]).includes(name))).toEqual([])
})
