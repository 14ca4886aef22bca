import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { World } from '../part.ts'
import { demoNow } from './demo-day.ts'
import { startDistrict } from './district-process.ts'
import { copyFilledDesk, keepFilledDesk } from './filled-desk.ts'
import { copyPeers, keepPeers } from './peer-app.ts'

export type WorldWish = Pick<World, 'rounds' | 'dossiers' | 'minutes' | 'say'>

/** Gives one part its world and takes it back afterwards, also when the part failed. */
export async function withWorld<T>(
  { rounds, dossiers, minutes, say }: WorldWish,
  use: (world: World) => Promise<T>,
): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mot-cua-bench-'))
  // The database's own user has to walk through.
  fs.chmodSync(folder, 0o711)
  const closing: (() => Promise<void>)[] = []
  const whenDone = (close: () => Promise<void>) => {
    closing.push(close)
  }
  try {
    return await use({
      rounds,
      dossiers,
      minutes,
      folder,
      say,
      whenDone,
      async emptyDistrict(...more) {
        const district = await startDistrict(path.join(folder, ['district', ...more].join('')), demoNow(), 0, more)
        whenDone(district.stop)
        return district
      },
      async filledDesk() {
        const desk = await copyFilledDesk(await keepFilledDesk(dossiers, say), folder)
        whenDone(desk.district.stop)
        return desk
      },
      async peers() {
        const peers = await copyPeers(await keepPeers(dossiers, say), folder)
        whenDone(peers.close)
        return peers
      },
    })
  } finally {
    // A district that does not end by itself is a fault, but no reason to lose the figures.
    for (const close of closing.reverse()) await close().catch((cause: unknown) => say(`FAULT at the end: ${cause}`))
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
