import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import net, { type AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { type DeskApp, openDeskApp } from '../harness/desk-app.ts'
import { type DistrictProcess, newEnrolCode, startDistrictProcess } from '../harness/district-process.ts'
import { goi2022, type StoryPlace } from './places.ts'

/** A district and the desks of one unit, each to be stopped, killed and opened again as the story wants. */
export interface Stage {
  readonly papers: string
  readonly districtFolder: string
  readonly deskFolder: (deskName: string) => string
  readonly startDistrict: (options?: { readonly tls: boolean }) => Promise<DistrictProcess>
  readonly code: () => string
  readonly openDesk: (deskName: string, enrol?: string) => Promise<DeskApp>
  readonly openDesks: () => readonly DeskApp[]
  readonly clear: () => Promise<void>
}

export async function openStage(papers: string, place: StoryPlace = goi2022): Promise<Stage> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mot-cua-stage-'))
  chmodSync(folder, 0o711)
  mkdirSync(papers, { recursive: true })
  const district = path.join(folder, 'district')
  const port = await freePort()
  const started = Date.now()
  // The demo day goes on with real time: a clock that jumped back at a restart would rightly alarm the desk.
  const now = () => new Date(Date.parse(place.dayBegins) + (Date.now() - started)).toISOString()
  const running: { district?: DistrictProcess; desks: Set<DeskApp> } = { desks: new Set() }
  const deskFolder = (deskName: string) => path.join(folder, deskName.replaceAll(' ', '-'))
  return {
    papers,
    districtFolder: district,
    deskFolder,
    async startDistrict(options) {
      running.district = await startDistrictProcess({
        data: district,
        port,
        seed: place.seed,
        demoClock: now(),
        ...options,
      })
      return running.district
    },
    code: () => newEnrolCode(district, place.unitId),
    async openDesk(deskName, enrol) {
      const desk = await openDeskApp({
        folder: deskFolder(deskName),
        printTo: papers,
        demoClock: now(),
        deskName,
        ...(enrol ? { enrol } : {}),
      })
      running.desks.add(desk)
      return desk
    },
    openDesks: () => [...running.desks],
    async clear() {
      for (const desk of running.desks) await desk.close().catch(() => undefined)
      await running.district?.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
