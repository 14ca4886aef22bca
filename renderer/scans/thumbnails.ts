import { useEffect, useState } from 'react'
import type { Scan } from '../../shared/domain/submitted-document.ts'
import { desk } from '../app/desk.ts'
import { workOnImage } from './image-work.ts'

/** Thumbnails made in this session, by the scan's hash; personal data, so they live in memory alone. */
const known = new Map<string, string>()
const maxKnown = 200

export function rememberThumbnail(sha256: string, thumbnail: Blob): string {
  const url = URL.createObjectURL(thumbnail)
  known.set(sha256, url)
  const oldest = known.size > maxKnown ? known.entries().next().value : undefined
  if (oldest) {
    URL.revokeObjectURL(oldest[1])
    known.delete(oldest[0])
  }
  return url
}

/** The address of a small picture of the scan once it is made; never for a PDF. */
export function useThumbnail({ sha256, bytes, mediaType }: Scan): string | undefined {
  const [url, setUrl] = useState(known.get(sha256))
  useEffect(() => {
    if (url || mediaType === 'application/pdf') return
    let isWanted = true
    void makeThumbnail(sha256, bytes, mediaType).then((made) => {
      if (isWanted) setUrl(made)
    })
    return () => {
      isWanted = false
    }
  }, [url, sha256, bytes, mediaType])
  return url
}

async function makeThumbnail(sha256: string, bytes: number, mediaType: string): Promise<string | undefined> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  for (let offset = 0; offset < bytes; ) {
    const read = await desk('attachments.read', { sha256, offset })
    if (!read.ok || read.value.part.byteLength === 0) return undefined
    parts.push(new Uint8Array(read.value.part))
    offset += read.value.part.byteLength
  }
  const { thumbnail } = await workOnImage(new Blob(parts, { type: mediaType }), false)
  return thumbnail && rememberThumbnail(sha256, thumbnail)
}
