import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { type AnyFailure, answerCall, type Handlers } from '../../electron/ipc/answer-call.ts'
import { createHandlers } from '../../electron/ipc/desk-handlers.ts'
import { err, ok, type Result } from '../../shared/core/result.ts'
import { deskContract } from '../../shared/ipc/contract.ts'
import { openNodeDesk } from '../harness/node-desk.ts'
import { sampleId } from '../harness/sample-events.ts'
import { tempFolder } from '../harness/temp-folder.ts'

const logged: string[] = []
const log = {
  info: () => undefined,
  error: (event: string) => {
    logged.push(event)
  },
}

async function handlers(): Promise<Handlers> {
  const desk = await openNodeDesk({ folder: tempFolder(), demoClock: '2022-08-17T08:00:00+07:00' })
  onTestFinished(() => desk.close())
  const noPrinter = async () => err({ code: 'printer/no-printer' } as const)
  return createHandlers({
    desk,
    log,
    appVersion: '0.0.0',
    scans: { read: async () => err({ code: 'attachment/not-here' }) },
    printing: { findPrinter: noPrinter, print: noPrinter, savePdf: noPrinter, preview: noPrinter },
    backup: {
      chooseFolder: async () => err({ code: 'file/cancelled' }),
      chooseBackup: async () => err({ code: 'restore/no-backup' }),
      chooseKey: async () => err({ code: 'restore/not-a-recovery-file' }),
      restore: async () => err({ code: 'restore/no-backup' }),
    },
    courierDialogs: { whereTo: async () => undefined, which: async () => undefined },
    showDocument: () => undefined,
    clearPageStore: async () => false,
    onStatus: () => undefined,
  })
}

const channels = Object.keys(deskContract) as (keyof typeof deskContract)[]

/** A fitting input for each channel, so that what is tested is the answer and not the input check. */
const fitting: Readonly<Record<string, unknown>> = {
  'desk.enrol': { url: 'not an address', code: 'AAAA', deskName: 'Quầy 1' },
  'desk.re-enrol': { url: 'not an address', code: 'AAAA' },
  'session.sign-in': { staffId: 'goi.hanh', code: '123456' },
  'projection.changes': { after: 0, limit: 10 },
  'drafts.save': { draftId: sampleId(1), content: {} },
  'drafts.discard': { draftId: sampleId(1) },
  'dossier.execute': { commandId: sampleId(1), command: { type: 'add-note', dossierId: sampleId(2), text: 'x' } },
  'dossier.timeline': { dossierId: sampleId(1) },
  'attachments.begin': { name: 'a.pdf', bytes: 10 },
  'attachments.part': { uploadId: 'none', part: new Uint8Array(3) },
  'attachments.finish': { uploadId: 'none' },
  'attachments.read': { sha256: 'a'.repeat(64), offset: 0 },
  'attachments.open': { sha256: 'a'.repeat(64), mediaType: 'image/png', name: 'a' },
  'printing.print': { dossierId: sampleId(1), reprint: false },
  'printing.save-pdf': { dossierId: sampleId(1), reprint: false },
  'printing.preview': { dossierId: sampleId(1), reprint: false },
  'exchange.outbox': { limit: 10 },
  'restore.run': { deskId: sampleId(1), passphrase: 'x' },
  'courier.save-receipt': { fileId: randomUUID() },
  'courier.discard': { fileId: randomUUID() },
  'log.report': { code: 'page/error', detail: '' },
}
/** What may be asked before anyone has signed in. */
const openToAll = [
  'desk.status',
  'desk.enrol',
  'session.staff',
  'session.sign-in',
  'session.sign-out',
  'reference.get',
  'exchange.now',
  'log.report',
]

test.each(channels)('%s has a handler and refuses input that does not fit', async (channel) => {
  const all = await handlers()
  expect(typeof all[channel]).toBe('function')
  const answer = await answerCall(all, log, channel, Symbol.for('nothing fits this'))
  expect(answer).toMatchObject({ ok: false, error: { code: 'ipc/bad-input' } })
})

test.each(channels)('%s answers a Result, and needs an officer unless it is open to all', async (channel) => {
  const answer: Result<unknown, AnyFailure> = await answerCall(await handlers(), log, channel, fitting[channel])
  if (openToAll.includes(channel)) expect(answer.ok || answer.error.code !== 'session/signed-out').toBe(true)
  else expect(answer).toEqual({ ok: false, error: { code: 'session/signed-out' } })
})

test('a channel nobody declared, even one of the language itself, is bad input', async () => {
  for (const channel of ['desk.format-disk', 'constructor', '__proto__', 7, undefined]) {
    expect(await answerCall(await handlers(), log, channel, undefined)).toMatchObject({
      error: { code: 'ipc/bad-input' },
    })
  }
})

test('an exception inside becomes one code, is logged, and says nothing else', async () => {
  const broken: Handlers = {
    ...(await handlers()),
    'desk.status': async () => {
      throw new Error('Nguyễn Văn Thử 036085999991')
    },
  }
  expect(await answerCall(broken, log, 'desk.status', undefined)).toEqual({
    ok: false,
    error: { code: 'main/failed' },
  })
  expect(logged).toContain('call-failed')
})

test('a full disk is said as such, not as a bug', async () => {
  const full: Handlers = {
    ...(await handlers()),
    'desk.status': async () => {
      throw Object.assign(new Error('write'), { code: 'ENOSPC' })
    },
  }
  expect(await answerCall(full, log, 'desk.status', undefined)).toEqual({
    ok: false,
    error: { code: 'store/full' },
  })
})

test('no call takes a staff id but signing in', () => {
  for (const channel of channels.filter((name) => name !== 'session.sign-in')) {
    const parsed = deskContract[channel].input.safeParse({ ...(fitting[channel] as object), staffId: 'goi.son' })
    if (parsed.success) expect(parsed.data).not.toHaveProperty('staffId')
  }
})

test('the sign-in verifiers never leave main', async () => {
  const all = await handlers()
  const answer = await all['reference.get'](undefined)
  expect(answer).toEqual(ok({}))
})
