import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fillDistrict } from '../../bench/world/fill-district.ts'
import { enrolDesk } from '../../harness/desk-client.ts'
import { type DistrictProcess, newEnrolCode, startDistrictProcess } from '../../harness/district-process.ts'
import type { ViewReading } from '../programs/view-reader.ts'
import { type DrivenApp, openApp } from './driven-app.ts'

const unitId = 'goi'
const code = '123456'
const dayBegins = Date.parse('2022-08-17T08:00:00+07:00')
const restMs = 60_000
const readMs = 10_000

/** A real district with the months of another desk in it, and one desk's profile: the real app opens on it again and again. */
export interface Office {
  readonly profile: string
  /** `before` runs in the page before anyone signs in. */
  readonly open: (before?: string) => Promise<DrivenApp>
  /** Every event of the unit's stream, as another desk is given it. */
  readonly stream: () => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

export async function openOffice(folder: string, dossiers: number, seed: number): Promise<Office> {
  const began = Date.now()
  const now = () => new Date(dayBegins + Date.now() - began).toISOString()
  const data = path.join(folder, 'district')
  const profile = path.join(folder, 'app')
  const district = await startDistrictProcess({ data, port: 0, demoClock: now() })
  const newCode = () => newEnrolCode(data, unitId)
  // The bench's filler asks the same of a district as this one offers.
  const filled = { ...district, pid: 0, databaseUrl: () => '', code: newCode }
  await fillDistrict(filled, { unitId, dossiers, seed, say: () => undefined })
  let enrol: string | undefined = `${district.url}#${newCode()}`
  return {
    profile,
    async open(before) {
      const app = await openApp(profile, now(), enrol)
      enrol = undefined
      await app.pageAnswers()
      if (before) await app.inPage(before)
      await signIn(app)
      return app
    },
    stream: () => streamOf(district, newCode()),
    close: () => district.stop(),
  }
}

/** Through the page's own bridge; main tells the page, which opens its store as after typing the code. */
export async function signIn(app: DrivenApp): Promise<void> {
  const status = await app.call('desk.status')
  if (status.ok && status.value.staff) return
  const staff = await app.call('session.staff')
  const officer = staff.ok ? staff.value.find(({ role }) => role === 'reception') : undefined
  if (!officer) throw new Error('nobody to sign in: the desk is taken for a new install')
  const signed = await app.call('session.sign-in', { staffId: officer.id, code })
  if (!signed.ok) throw new Error(`sign-in: ${signed.error.code}`)
}

/** Waits until the page's store and list say what the journal says; answers the last difference when they never do. */
export async function readSettledView(app: DrivenApp): Promise<ViewReading> {
  const deadline = Date.now() + restMs
  while (true) {
    // A page that is opened anew meanwhile never answers.
    const reading = await Promise.race([readView(app).catch(() => undefined), wait(readMs, undefined)])
    if (reading && isEqual(reading)) return reading
    if (Date.now() > deadline) {
      if (!reading) throw new Error('the view cannot be read')
      return reading
    }
    await wait(150)
  }
}

/**
 * The store, the list, and what the next start would show them from, which is saved once it was quiet for some seconds. Where
 * that cannot be read, whoever damaged it has to say whether it may be lost.
 */
export function isEqual({ different, draftsDifferent, counted, open, saved }: ViewReading): boolean {
  const isIndexEqual =
    !saved || (saved.isSaved && saved.rowsDifferent.length === 0 && saved.slotsDifferent.length === 0)
  return different.length === 0 && draftsDifferent.length === 0 && counted === open && isIndexEqual
}

let reader: string | undefined

async function readView(app: DrivenApp): Promise<ViewReading> {
  reader ??= bundleReader()
  return app.inPage<ViewReading>(`(globalThis.readView || (() => { ${reader} })(), globalThis.readView())`)
}

function bundleReader(): string {
  const output = path.join('out', 'test-programs', `view-reader-${process.pid}`, 'reader.js')
  const args = ['build/bundle/page-bundle.mjs', 'tests/torture/programs/view-reader.ts', output]
  const built = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`bundling the view's reader failed: ${built.stderr}`)
  return readFileSync(output, 'utf8')
}

async function streamOf(district: DistrictProcess, enrolCode: string): Promise<readonly string[]> {
  const desk = await enrolDesk(district.url, enrolCode, 'Bàn kiểm tra')
  const texts: string[] = []
  while (true) {
    const reply = await desk.exchange()
    texts.push(...reply.events.flatMap(({ text }) => (text === undefined ? [] : String(text))))
    if (!reply.more) return texts
  }
}
