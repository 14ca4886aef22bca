import fs from 'node:fs'
import { openSealed, sealTo } from '../../shared/node/sealed-box.ts'
import { escrowContext, lentKeyContext } from '../../shared/wire/escrow.ts'
import { maxRecoveryFileBytes } from '../../shared/wire/recovery-file.ts'
import { askPassphrase } from '../escrow/ask-passphrase.ts'
import { openRecoveryFile } from '../escrow/recovery-file.ts'
import { type Desk, findDesk } from '../store/desks.ts'
import { findEscrow, lendKey } from '../store/escrow.ts'
import type { Store } from '../store/pool.ts'
import { openDatabase } from './open-database.ts'
import { CommandFailed, need, type Options } from './options.ts'

/** Seals a dead desk's data key again, to the box key of the desk that takes its place; it fetches it by itself. */
export async function openEscrow(options: Options): Promise<void> {
  const keyFile = need(options, 'key')
  const { store, clock, close } = await openDatabase(options)
  try {
    const old = await deskOf(store, need(options, 'desk'))
    const next = await deskOf(store, need(options, 'for'))
    if (old.unitId !== next.unitId) throw new CommandFailed('The two desks belong to different units.')
    const dataKey = await dataKeyOf(store, old, keyFile, await askPassphrase(options, 'known'))
    const context = lentKeyContext(old.unitId, old.deskId, next.deskId)
    await lendKey(store.ofUnit(next.unitId), next, old.deskId, await sealTo(next.boxKey, context, dataKey), clock.now())
    process.stdout.write(`${old.name} can be opened by ${next.name} now.\n`)
  } finally {
    await close()
  }
}

async function dataKeyOf(store: Store, desk: Desk, keyFile: string, passphrase: string): Promise<Buffer> {
  if (!fs.existsSync(keyFile)) throw new CommandFailed(`There is no file ${keyFile}.`)
  if (fs.statSync(keyFile).size > maxRecoveryFileBytes) throw new CommandFailed('This is not a recovery key file.')
  const opened = await openRecoveryFile(fs.readFileSync(keyFile, 'utf8'), passphrase)
  if (opened === 'not-a-recovery-file') throw new CommandFailed('This is not a recovery key file.')
  if (opened === 'wrong-passphrase') throw new CommandFailed('The passphrase is not the one of this file.')
  const { file, privateKey } = opened
  if (file.unitId !== desk.unitId) throw new CommandFailed(`This recovery key belongs to unit "${file.unitId}".`)
  const sealed = await findEscrow(store.ofUnit(desk.unitId), desk, file.keyId)
  if (!sealed) throw new CommandFailed(`${desk.name} never left its key here for recovery key ${file.keyId}.`)
  const plain = await openSealed(privateKey, escrowContext({ ...desk, keyId: file.keyId }), sealed)
  if (!plain) throw new CommandFailed('The sealed copy is damaged; use the one in the desk’s backup folder.')
  return plain
}

async function deskOf(store: Store, deskId: string): Promise<Desk> {
  const desk = await findDesk(store.allUnits, deskId)
  if (!desk) throw new CommandFailed(`There is no desk "${deskId}". See: status.`)
  return desk
}
