import type { FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Desk } from '../../electron/desk.ts'
import { procedureOf } from '../harness/catalogue.ts'
import { enrolDesk, execute, newId, openNodeDesk, signIn } from '../harness/node-desk.ts'
import { receiveCommand } from '../harness/sample-commands.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { testCluster } from '../harness/test-cluster.ts'

/** The disk: nothing can be written under its folder while it answers with a code. */
const disk = vi.hoisted(() => ({ folder: '', refusal: '' }))

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs/promises')>()
  const refuse = () => Promise.reject(Object.assign(new Error(`${disk.refusal}: write`), { code: disk.refusal }))
  const isRefused = (file: unknown) => disk.refusal !== '' && String(file).startsWith(disk.folder)
  return {
    ...real,
    open: async (file: string, flags: string | number, mode?: number): Promise<FileHandle> => {
      if (flags === 'wx' && isRefused(file)) return refuse()
      const handle = await real.open(file, flags, mode)
      const write = handle.write.bind(handle) as (...args: unknown[]) => Promise<unknown>
      return Object.assign(handle, { write: (...args: unknown[]) => (isRefused(file) ? refuse() : write(...args)) })
    },
  }
})

const cluster = testCluster()
const certifiedCopy = procedureOf('2.000815')

/** Two desks of Gôi; the disk is that of the first. */
async function openDesks() {
  const district = await cluster.district()
  onTestFinished(() => district.close())
  const folder = tempFolder()
  const desks: Desk[] = []
  for (const name of ['one', 'two']) {
    const desk = await openNodeDesk({ folder: path.join(folder, name), random: () => 0 })
    onTestFinished(() => desk.close())
    await enrolDesk(desk, district.url, await district.code(), name)
    await signIn(desk, 'goi.son')
    desk.startExchange()
    await desk.findExchange()?.now()
    desks.push(desk)
  }
  Object.assign(disk, { folder: path.join(folder, 'one'), refusal: '' })
  const [one, two] = desks
  if (!one || !two) throw new Error('two desks')
  const inStream = async () =>
    (await district.district.store.allUnits.query(`select seq from event where unit_id = 'goi'`)).rows.length
  return { one, two, inStream }
}

test.each([
  ['ENOSPC', 'store/full'],
  ['EROFS', 'store/read-only'],
  ['EIO', 'store/damaged'],
  ['EBADF', 'main/failed'],
])(
  'a disk that answers %s is told as %s, not as a missing line; nothing is lost, and it goes on',
  async (refusal, code) => {
    const { one, two, inStream } = await openDesks()
    const exchange = one.findExchange()
    await execute(one, receiveCommand(certifiedCopy, newId()))
    await execute(two, receiveCommand(certifiedCopy, newId()))
    await two.findExchange()?.now()

    disk.refusal = refusal
    await exchange?.now()
    expect(exchange?.status()).toMatchObject({ line: 'stuck', code, unsentEvents: 1, nextTryAt: expect.any(String) })
    expect(await inStream()).toBe(2)

    // By itself, when its back-off is over.
    disk.refusal = ''
    await vi.waitFor(() => expect(exchange?.status()).toMatchObject({ line: 'online', unsentEvents: 0 }), 10_000)
    expect(exchange?.status().code).toBeUndefined()
    expect(one.journal.index.cursor.seq).toBe(2)
    expect(one.journal.index.events.size).toBe(2)
    expect(await inStream()).toBe(2)
  },
)
