import fs from 'node:fs/promises'
import path from 'node:path'
import { broughtByOperator } from '../courier/bringer.ts'
import { type TakeRefusal, takeCourier } from '../courier/take-courier.ts'
import type { District } from '../district.ts'
import { openDistrictKey } from '../exchange/district-key.ts'
import { gateOf } from '../exchange/gate.ts'
import { pagesAhead } from '../exchange/pages-ahead.ts'
import { serialByKey } from '../exchange/serial-by-key.ts'
import { hintHub } from '../hints/hint-hub.ts'
import { followStreams } from '../hints/stream-news.ts'
import { lawBooksOf } from '../law/law-books.ts'
import { readDistrictRow } from '../store/district-row.ts'
import { syncFolder } from '../sync-folder.ts'
import { openDistrictBoxKey } from '../vault/district-box-key.ts'
import { openDatabase } from './open-database.ts'
import { CommandFailed, need, type Options } from './options.ts'

const words: Readonly<Record<TakeRefusal, string>> = {
  'courier/not-courier': 'This is not a courier file of a desk.',
  'courier/newer-version': 'The file was written by a newer version; update this server first.',
  'courier/cut': 'The file is cut; copy it from the stick again.',
  'courier/changed': 'The file was changed on its way; nothing of it was taken.',
  'courier/other-district': 'The file is for another district.',
  'courier/unknown-author': 'No desk of this district wrote the file.',
  'courier/retired-author':
    'The desk that wrote the file is retired; repeat with --retired if you know where it comes from.',
  'protocol/too-old': 'The desk that wrote the file is too old for this server; update it and write the file again.',
}

/** Takes in what a desk wrote to a USB stick, while the district runs or not, and writes the receipt to carry back. */
export async function takeCourierFile(options: Options): Promise<void> {
  const [from, to] = [path.resolve(need(options, 'from')), path.resolve(need(options, 'receipt'))]
  const { store, dataFolder, clock, close } = await openDatabase(options)
  const hub = hintHub((unitId, seq) => news.announce(unitId, seq))
  const news = followStreams(store, hub.heard, hub.unitIds)
  const file = await fs.open(from, 'r').catch(() => {
    throw new CommandFailed(`${from} cannot be read.`)
  })
  const partial = `${to}.partial`
  const receipt = await fs.open(partial, 'w', 0o600)
  try {
    const { epoch, name } = await readDistrictRow(store, clock.now())
    // No request comes in here: nothing asks for the door's own keys, and one file is all there is to do.
    const district: District = {
      dataFolder,
      store,
      clock,
      key: openDistrictKey(dataFolder),
      boxKey: await openDistrictBoxKey(dataFolder),
      epoch,
      name,
      adminToken: '',
      tlsPins: [],
      hints: hub,
      lawBooks: lawBooksOf(store),
      serially: serialByKey(),
      taking: gateOf(1, 1),
      giving: gateOf(1, 1),
      ahead: pagesAhead(),
    }
    const taken = await takeCourier(district, file, receipt, broughtByOperator(options.retired === true))
    if (!taken.ok) throw new CommandFailed(words[taken.error])
    await fs.rename(partial, to)
    await syncFolder(path.dirname(to))
    const { events, scans } = taken.value.file
    process.stdout.write(`${from}: ${events} events, ${scans} scans. Receipt: ${to}\n`)
  } finally {
    await Promise.all([file.close(), receipt.close()])
    await fs.rm(partial, { force: true })
    await news.stop()
    await close()
  }
}
