import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Desk } from '../../electron/desk.ts'
import { createDistrictClient } from '../../electron/exchange/district-client.ts'
import { fetchLentKey, openEscrow } from '../../electron/vault/open-escrow.ts'
import { openRecoveryFile } from '../../electron/vault/recovery-file.ts'
import { escrowPath } from '../../shared/wire/escrow.ts'
import { type RecoveryFile, recoveryFileSchema } from '../../shared/wire/recovery-file.ts'
import { bundleDistrict, type DistrictProgram, lastLine, type ServedDistrict } from '../harness/district-program.ts'
import { enrolDesk, openNodeDesk, signIn } from '../harness/node-desk.ts'
import { makeTestFolder } from '../harness/test-district.ts'

let program: DistrictProgram
let served: ServedDistrict
let folder: string
let old: Desk
const at = (name: string) => path.join(folder, name)
const run = (...args: string[]) => program.run(args[0] ?? '', '--data', at('district'), ...args.slice(1))

beforeAll(async () => {
  program = bundleDistrict('district-escrow')
  folder = makeTestFolder()
  served = await program.serve(at('district'), '--seed', 'vu-ban-2022')
  fs.writeFileSync(at('words'), 'ba con vịt lội qua ao\n')
  fs.writeFileSync(at('short'), 'vịt\n')
  fs.writeFileSync(at('wrong'), 'ba con vịt lội qua sông\n')
  old = await openDesk('old')
}, 120_000)
afterAll(async () => {
  await old?.close()
  await served?.end('SIGTERM')
  fs.rmSync(folder, { recursive: true, force: true })
})

async function openDesk(name: string, ...more: string[]): Promise<Desk> {
  const desk = await openNodeDesk({ folder: at(name) })
  const code = lastLine(run('enrol-code', '--unit', 'goi', ...more).stdout)
  await enrolDesk(desk, served.url, code, name)
  await signIn(desk, 'goi.son')
  desk.startExchange()
  await desk.findExchange()?.now()
  return desk
}

const recoveryFile = () => recoveryFileSchema.parse(JSON.parse(fs.readFileSync(at('recovery.json'), 'utf8')))
const deskIdOf = (desk: Desk) => desk.identity.current()?.deskId ?? ''

test('a recovery key goes into one file of its owner only, under a passphrase that is long enough', () => {
  const made = (to: string, words: string) =>
    run('recovery-key', '--unit', 'goi', '--to', at(to), '--passphrase-file', at(words))
  expect(made('recovery.json', 'short')).toMatchObject({ status: 1 })
  expect(fs.existsSync(at('recovery.json'))).toBe(false)
  expect(made('recovery.json', 'words')).toMatchObject({ status: 0, stderr: '' })
  expect(fs.statSync(at('recovery.json')).mode & 0o777).toBe(0o600)
  expect(made('recovery.json', 'words').stderr).toContain('never written over')
  // Nothing of what opens it stays at the district: neither the private half nor the passphrase.
  const { sealed, scrypt } = recoveryFile()
  expect(128 * scrypt.N * scrypt.r).toBe(128 * 1024 * 1024)
  const left = spawnSync('grep', ['-rl', '-F', '-e', sealed, '-e', 'con vịt lội', at('district')], { encoding: 'utf8' })
  expect(left.stdout).toBe('')
})

test('the desk learns the public half, leaves its key sealed, and only file and passphrase open the copy', async () => {
  await old.findExchange()?.now()
  await expect.poll(() => old.backup.status().hasRecoveryKey, { timeout: 10_000 }).toBe(true)
  const copy = JSON.parse(fs.readFileSync(at('old/vault/escrow.json'), 'utf8')).copy
  expect(copy.keyId).toBe(recoveryFile().keyId)
  const opened = await openRecoveryFile(at('recovery.json'), 'ba con vịt lội qua ao'.normalize('NFD'))
  if (!opened.ok) throw new Error(opened.error.code)
  const dataKey = await openEscrow(copy, opened.value)
  expect(dataKey?.toString('base64')).toBe(JSON.parse(fs.readFileSync(at('old/vault/data-key.json'), 'utf8')).key)
  // Bound to unit, desk and key: given out as another's copy it does not open.
  const others = { unitId: 'tan-khanh', deskId: '018f0000-0000-4000-8000-000000000001', keyId: '0123456789abcdef' }
  for (const [what, other] of Object.entries(others)) {
    expect(await openEscrow({ ...copy, [what]: other }, { ...opened.value, [what]: other })).toBeUndefined()
  }
  expect(await openRecoveryFile(at('recovery.json'), 'ba con vịt lội qua sông')).toMatchObject({ ok: false })
  const changed: RecoveryFile = { ...recoveryFile(), unitId: 'tan-khanh' as RecoveryFile['unitId'] }
  fs.writeFileSync(at('changed.json'), JSON.stringify(changed))
  expect(await openRecoveryFile(at('changed.json'), 'ba con vịt lội qua ao')).toMatchObject({ ok: false })
})

test('the holder lends the key to the desk that takes the place; no other desk can fetch or open it', async () => {
  const unknown = { keyId: '0123456789abcdef', sealed: 'AAAA' }
  const refused = await clientOf(old).request({ method: 'PUT', path: escrowPath, json: unknown, timeoutMs: 10_000 })
  expect(refused).toMatchObject({ ok: false, error: { status: 400 } })
  const kept = () => JSON.parse(fs.readFileSync(at('old/vault/escrow.json'), 'utf8')) as { depositedIn?: string }
  await expect.poll(() => kept().depositedIn ?? '').not.toBe('')
  const spare = await openDesk('spare', '--replaces', deskIdOf(old))
  const stranger = await openDesk('stranger')
  onTestFinished(async () => {
    await spare.close()
    await stranger.close()
  })
  const asked = () => fetchLentKey(clientOf(spare), identityOf(spare), deskIdOf(old))
  expect(await asked()).toEqual({ ok: false, error: { code: 'restore/not-lent' } })
  const lend = (words: string) => {
    const desks = ['--desk', deskIdOf(old), '--for', deskIdOf(spare)]
    return run('open-escrow', ...desks, '--key', at('recovery.json'), '--passphrase-file', at(words))
  }
  expect(lend('wrong')).toMatchObject({ status: 1, stderr: 'The passphrase is not the one of this file.\n' })
  expect(await asked()).toMatchObject({ ok: false })
  expect(lend('words')).toMatchObject({ status: 0, stderr: '' })
  const lent = await asked()
  expect(lent.ok && lent.value.toString('base64')).toBe(
    JSON.parse(fs.readFileSync(at('old/vault/data-key.json'), 'utf8')).key,
  )
  expect(await fetchLentKey(clientOf(stranger), identityOf(stranger), deskIdOf(old))).toMatchObject({ ok: false })
  // Even the bytes of the answer are noise to another desk.
  const impostor = { ...identityOf(spare), boxKey: identityOf(stranger).boxKey }
  expect(await fetchLentKey(clientOf(spare), impostor, deskIdOf(old))).toMatchObject({ ok: false })
})

test('the desk whose place was taken is refused from then on, and the status says what it may still have had', async () => {
  await old.findExchange()?.now()
  expect(old.findExchange()?.status()).toMatchObject({ line: 'refused', code: 'desk/retired' })
  expect(run('status').stdout).toContain('desk/may-have-unsent')
})

function identityOf(desk: Desk) {
  const identity = desk.identity.current()
  if (!identity) throw new Error('not enrolled')
  return identity
}

function clientOf(desk: Desk) {
  return createDistrictClient(identityOf(desk), desk.clock)
}
