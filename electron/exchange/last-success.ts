import path from 'node:path'
import { z } from 'zod'
import { instantSchema } from '../../shared/core/schemas.ts'
import type { Instant } from '../../shared/core/time.ts'
import { ensureFolder } from '../disk/durable-file.ts'
import { readSealedJson, writeSealedJson } from '../vault/sealed-file.ts'

/** When an exchange last succeeded, by the right time, over restarts. Lies beside the key: in what is backed up, each minute would be a new state. */
export interface LastSuccess {
  readonly at: () => Instant | undefined
  /** Written once a minute at most, which is as exactly as it is shown. */
  readonly note: (at: Instant) => Promise<void>
}

const place = 'vault/last-exchange'
const savedSchema = z.object({ at: instantSchema })

/** Lost or damaged, the best that is known is when something last came from the district. */
export async function openLastSuccess(folder: string, key: Uint8Array, lastReceivedAt: Instant): Promise<LastSuccess> {
  await ensureFolder(folder)
  const file = path.join(folder, 'last-exchange.sealed')
  const read = await readSealedJson(file, key, place)
  let written = read.state === 'read' ? savedSchema.safeParse(read.value).data?.at : undefined
  let last = written ?? (lastReceivedAt || undefined)
  return {
    at: () => last,
    async note(at) {
      last = at
      if (written && minuteOf(written) === minuteOf(at)) return
      await writeSealedJson(file, key, place, { at })
      written = at
    },
  }
}

function minuteOf(at: Instant): string {
  return at.slice(0, 'YYYY-MM-DDTHH:mm'.length)
}
