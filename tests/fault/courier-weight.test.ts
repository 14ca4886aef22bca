import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Desk } from '../../electron/desk.ts'
import { chainEvent } from '../../electron/journal/chain.ts'
import type { StoredEvent } from '../../shared/domain/event.ts'
import type { OwnEvent } from '../../shared/wire/own-event.ts'
import { bundleProgram } from '../harness/bundle.ts'
import { openCourierDesk, receive, scanOf, streamOf } from '../harness/courier-desks.ts'
import { newId } from '../harness/node-desk.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { testCluster } from '../harness/test-cluster.ts'

const events = 2_000
const scans = 40
const scanBytes = 5_000_000
/** Far less than the scans together; one scan, its seals and the collector's slack are below. */
const mostBytes = 120_000_000

const cluster = testCluster()

/** Notes in one dossier, appended a hundred a frame: making them one by one is not what is tested here. */
async function addNotes(desk: Desk, dossierId: string, count: number): Promise<void> {
  const [received] = await desk.journal.history(dossierId)
  if (!received) throw new Error('no dossier')
  for (let made = 0; made < count; ) {
    const own: OwnEvent[] = []
    let head = desk.journal.index.chain
    for (; own.length < 100 && made < count; made += 1) {
      const { type: _, ...common } = received
      const ids = { id: newId(), commandId: newId(), seq: made + 2 }
      const note = { ...common, ...ids, type: 'note-added', body: { text: `Ghi chú ${made}` } }
      const next = chainEvent(head, note as object as StoredEvent)
      own.push(next)
      head = next.chain
    }
    await desk.journal.append([{ own }])
  }
}

function bytesOf(program: string, ...args: string[]): number {
  const run = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(run.stderr)
  return Number(run.stdout.trim().split('\n').at(-1))
}

test.runIf(process.platform === 'linux')(
  '2,000 events and 200 MB of scans pass through both ends a part at a time',
  async () => {
    const program = bundleProgram('tests/fault/programs/courier-weight.ts', 'courier-weight')
    const district = await cluster.district()
    const { desk, folder } = await openCourierDesk(district, 'Quầy 1')
    const perDossier = 20
    let dossierId = ''
    for (let at = 0; at < scans; at += perDossier) {
      const contents = Array.from({ length: perDossier }, (_, next) => scanOf(scanBytes, at + next))
      dossierId = await receive(desk, contents)
    }
    await addNotes(desk, dossierId, events - scans / perDossier)
    expect(desk.journal.index.unsent.size).toBe(events)
    await desk.close()
    const stick = tempFolder()
    const [file, receipt] = [path.join(stick, 'gui.motcua'), path.join(stick, 'bien-nhan.motcua')]
    expect(bytesOf(program, 'write', folder, '', file)).toBeLessThan(mostBytes)
    expect(statSync(file).size).toBeGreaterThan(scans * scanBytes)
    const { dataFolder } = district.district
    expect(bytesOf(program, 'take', dataFolder, file, receipt, district.databaseUrl)).toBeLessThan(mostBytes)
    expect(await streamOf(district)).toHaveLength(events)
  },
  300_000,
)
