import { createReadStream } from 'node:fs'
import fs from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { FileStore } from '@tus/file-store'
import { EVENTS, Server, type ServerOptions } from '@tus/server'
import { sha256Schema } from '../../shared/core/schemas.ts'
import { maxAttachmentBytes, uploadPath } from '../../shared/wire/attachment.ts'
import { type DistrictRefusalCode, refusalStatus } from '../../shared/wire/refusal.ts'
import type { Desk } from '../store/desks.ts'
import { isWorthLater } from '../worth-later.ts'
import { type AttachmentRefusal, type StoredAttachment, writeAttachment } from './attachment-store.ts'

/**
 * Uploads that go on after a broken line (tus 1.0), each in a file of its desk until it is whole:
 * ```
 * POST, PATCH ─► DIR/attachments/.uploads/<desk>~<sha256> ─ all there ─► the way of every scan (attachment-store.ts)
 * ```
 * 1. An upload belongs to one desk: two desks with the same scan never write into one file.
 * 2. A whole upload that is not what its name says is dropped, so that the next try begins anew.
 * 3. Where taking a whole one broke off (disk full, killed), whoever asks how far it is makes it be taken first: to tus
 *    "every byte came" means "held".
 */
export interface ResumableUploads {
  readonly answer: (desk: Desk, request: IncomingMessage, response: ServerResponse) => Promise<void>
  /** Bytes of this scan that have come from this desk so far, or the whole scan; undefined when it has begun none. */
  readonly progressOf: (desk: Desk, sha256: string) => Promise<number | 'held' | undefined>
}

/** A desk that is silent for so long begins its upload anew. */
const keptMs = 30 * 24 * 3_600_000

type TusRequest = Parameters<NonNullable<ServerOptions['onUploadFinish']>>[0]

export function openUploads(
  dataFolder: string,
  onStored: (desk: Desk, sha256: string, stored: StoredAttachment) => Promise<void>,
): ResumableUploads {
  const folder = uploadsIn(dataFolder)
  const store = new FileStore({ directory: folder, expirationPeriodInMilliseconds: keptMs })
  const desks = new WeakMap<IncomingMessage, Desk>()
  const deskOf = (request: TusRequest): Desk => {
    const raw = request.runtime?.node?.req as IncomingMessage | undefined
    const desk = raw && desks.get(raw)
    if (!desk) throw new Error('an upload without a desk')
    return desk
  }

  const server = new Server({
    path: uploadPath,
    datastore: store,
    maxSize: maxAttachmentBytes,
    relativeLocation: true,
    respectForwardedHeaders: false,
    namingFunction: (request, metadata) => {
      const sha256 = sha256Schema.safeParse(metadata?.['sha256'])
      if (!sha256.success) throw refusal('request/malformed')
      return uploadId(deskOf(request), sha256.data)
    },
    generateUrl: (_request, { path: base, id }) => `${base}/${hashIn(id)}`,
    getFileIdFromRequest: (request, last) => {
      const sha256 = sha256Schema.safeParse(last)
      return sha256.success ? uploadId(deskOf(request), sha256.data) : undefined
    },
    async onUploadFinish(request, { id }) {
      const refused = await take(deskOf(request), id)
      if (refused) throw refusal(refused)
      return {}
    },
    async onIncomingRequest(request, id) {
      if (request.method === 'HEAD') await takeIfWhole(deskOf(request), id)
    },
    // What the system says names files of this server.
    onResponseError: async (_request, error) => {
      if ('status_code' in error) return undefined
      if (isWorthLater(error)) return refusal('district/overloaded')
      return { status_code: 500, body: JSON.stringify({ code: 'internal' }) }
    },
  })
  // Not before: the library looks at the upload once more for its answer.
  server.on(EVENTS.POST_FINISH, (_request, _response, { id }) => void store.remove(id).catch(() => undefined))

  async function take(desk: Desk, id: string): Promise<AttachmentRefusal | undefined> {
    const source = createReadStream(path.join(folder, id))
    const written = await writeAttachment(dataFolder, desk.unitId, hashIn(id), source)
    if (written.ok) await onStored(desk, hashIn(id), written.value)
    else await store.remove(id)
    return written.ok ? undefined : written.error
  }

  /** How far an upload is; undefined when there is none, or none any more. */
  async function takeIfWhole(desk: Desk, id: string): Promise<number | 'held' | undefined> {
    const upload = await store.getUpload(id).catch(() => undefined)
    if (upload?.offset !== upload?.size) return upload?.offset
    return upload && !(await take(desk, id)) ? 'held' : undefined
  }

  return {
    async answer(desk, request, response) {
      desks.set(request, desk)
      await server.handle(request, response)
    },
    async progressOf(desk, sha256) {
      const id = uploadId(desk, sha256)
      const progress = await takeIfWhole(desk, id)
      if (progress === 'held') await store.remove(id).catch(() => undefined)
      return progress
    },
  }
}

const uploadsIn = (dataFolder: string) => path.join(dataFolder, 'attachments', '.uploads')
const uploadId = (desk: Desk, sha256: string) => `${desk.deskId}~${sha256}`
const hashIn = (id: string) => id.slice(id.indexOf('~') + 1)

/** The library answers what is thrown in this shape. */
function refusal(code: DistrictRefusalCode): { readonly status_code: number; readonly body: string } {
  return { status_code: refusalStatus[code], body: JSON.stringify({ code }) }
}

/** Uploads nobody went on with. */
export async function dropStaleUploads(dataFolder: string): Promise<void> {
  const folder = uploadsIn(dataFolder)
  await fs.mkdir(folder, { recursive: true, mode: 0o700 })
  await new FileStore({ directory: folder, expirationPeriodInMilliseconds: keptMs }).deleteExpired()
}
