import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { instantSchema } from '../../shared/core/schemas.ts'
import { readCourierHead } from '../../shared/node/courier-file.ts'
import { type CourierHead, courierFaults, courierFileIdSchema } from '../../shared/wire/courier.ts'
import { findFile, ownFolder, removeDurably, syncFolder, writeDurably } from '../disk/durable-file.ts'
import { readSealedJson, writeSealedJson } from '../vault/sealed-file.ts'

/** A file this desk wrote to a stick. */
const writtenSchema = z.object({
  fileId: courierFileIdSchema,
  writtenAt: instantSchema,
  events: z.int(),
  scans: z.int(),
  /** The journal's life it was written in: its receipt proves a damaged journal whole only within the same one. */
  journalId: z.string(),
  answeredAt: instantSchema.optional(),
})
export type WrittenFile = z.infer<typeof writtenSchema>

/** Refusals of the district that another try will not change. */
const refusedForGood = [...courierFaults, 'protocol/too-old'] as const

/** A file of another desk, on its way to the district. */
export interface CarriedFile {
  readonly head: CourierHead
  readonly state: 'waiting' | 'answered' | 'refused'
  readonly code?: string
}

/**
 * ```
 * couriers/<file id>.courier   another desk's file, as it came: sealed to the district, noise here
 * couriers/<file id>.receipt   what the district answered, sealed to that desk
 * couriers/<file id>.refused   or why it would not, by code
 * couriers/written.sealed      what this desk wrote itself
 * ```
 * Every file is whole and on the disk before it has its name.
 */
export interface CourierStore {
  readonly written: () => readonly WrittenFile[]
  readonly noteWritten: (file: WrittenFile) => Promise<void>
  readonly noteAnswered: (fileId: string, at: string) => Promise<void>
  readonly carried: () => readonly CarriedFile[]
  /** Keeps what `fill` writes as another desk's file. */
  readonly keep: (head: CourierHead, fill: (handle: FileHandle) => Promise<void>) => Promise<void>
  readonly keepReceipt: (fileId: string, fill: (handle: FileHandle) => Promise<void>) => Promise<void>
  readonly noteRefused: (fileId: string, code: string) => Promise<void>
  readonly discard: (fileId: string) => Promise<void>
  readonly fileOf: (fileId: string, kind: 'courier' | 'receipt') => string
}

/** More than any desk writes between two receipts; older ones only lose the power to prove. */
const maxWritten = 50
const place = 'couriers/written'

export async function openCourierStore(folder: string, key: Uint8Array): Promise<CourierStore> {
  await ownFolder(folder)
  const writtenFile = path.join(folder, 'written.sealed')
  const fileOf = (fileId: string, kind: 'courier' | 'receipt' | 'refused') => path.join(folder, `${fileId}.${kind}`)
  const read = await readSealedJson(writtenFile, key, place)
  // What is lost of this list costs nothing but another file: no event is ever in it.
  const parsed = writtenSchema.array().safeParse(read.state === 'read' ? read.value : [])
  let written: readonly WrittenFile[] = parsed.success ? parsed.data : []
  const carried = new Map<string, CarriedFile>()

  async function load(fileId: string): Promise<void> {
    const handle = await open(fileOf(fileId, 'courier'), 'r')
    const head = await readCourierHead(handle).finally(() => handle.close())
    if (!head.ok) return
    const code = (await findFile(fileOf(fileId, 'refused')))?.toString('utf8')
    const answered = (await readdir(folder)).includes(`${fileId}.receipt`)
    const state = answered ? 'answered' : code ? 'refused' : 'waiting'
    carried.set(fileId, { head: head.value, state, ...(code ? { code } : {}) })
  }

  async function put(file: string, fill: (handle: FileHandle) => Promise<void>): Promise<void> {
    const partial = `${file}.partial`
    try {
      const handle = await open(partial, 'w+', 0o600)
      try {
        await fill(handle)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(partial, file)
    } finally {
      await rm(partial, { force: true })
    }
    await syncFolder(folder)
  }

  async function saveWritten(next: readonly WrittenFile[]): Promise<void> {
    await writeSealedJson(writtenFile, key, place, next)
    written = next
  }

  for (const name of await readdir(folder)) {
    const fileId = /^(.+)\.courier$/.exec(name)?.[1]
    if (fileId && courierFileIdSchema.safeParse(fileId).success) await load(fileId)
    if (name.endsWith('.partial')) await rm(path.join(folder, name), { force: true })
  }

  return {
    written: () => written,
    noteWritten: (file) => saveWritten([file, ...written].slice(0, maxWritten)),
    noteAnswered: (fileId, at) =>
      saveWritten(written.map((file) => (file.fileId === fileId ? { ...file, answeredAt: at } : file))),
    carried: () => [...carried.values()].sort((a, b) => b.head.createdAt.localeCompare(a.head.createdAt)),
    async keep(head, fill) {
      if (carried.has(head.fileId)) return
      await put(fileOf(head.fileId, 'courier'), fill)
      await load(head.fileId)
    },
    async keepReceipt(fileId, fill) {
      await put(fileOf(fileId, 'receipt'), fill)
      await load(fileId)
    },
    async noteRefused(fileId, code) {
      await writeDurably(fileOf(fileId, 'refused'), Buffer.from(code))
      await load(fileId)
    },
    async discard(fileId) {
      for (const kind of ['courier', 'receipt', 'refused'] as const) await removeDurably(fileOf(fileId, kind))
      carried.delete(fileId)
    },
    fileOf,
  }
}

export function isRefusedForGood(code: string): boolean {
  return (refusedForGood as readonly string[]).includes(code)
}
