import type { ImageAnswer, ImageWish } from './image-wish.ts'

/** The longer side of A4 at 200 dpi: small print and stamps stay readable (TCVN and the archives ask for 200). */
const longestSide = 2_339
const quality = 0.82
const thumbnailSide = 96
/** Below this a picture is left as it is: there is nothing worth losing a generation for. */
const worthBytes = 300 * 1024

/** Decodes and shrinks pictures beside the page, which goes on answering keys meanwhile. */
self.onmessage = async ({ data }: MessageEvent<ImageWish>) => {
  const answer = await work(data).catch((): ImageAnswer => ({ id: data.id }))
  self.postMessage(answer)
}

async function work({ id, picture, reduce }: ImageWish): Promise<ImageAnswer> {
  // Turned upright as the camera noted; the notes themselves, places among them, are left behind.
  const bitmap = await createImageBitmap(picture, { imageOrientation: 'from-image' })
  try {
    const thumbnail = await drawn(bitmap, thumbnailSide)
    const reduced = reduce && picture.size > worthBytes ? await drawn(bitmap, longestSide) : undefined
    const isSmaller = reduced !== undefined && reduced.size < picture.size * 0.8
    return { id, thumbnail, ...(isSmaller ? { reduced } : {}) }
  } finally {
    bitmap.close()
  }
}

function drawn(bitmap: ImageBitmap, side: number): Promise<Blob> {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height))
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(bitmap.width * scale)),
    Math.max(1, Math.round(bitmap.height * scale)),
  )
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  // JPEG knows no transparency: a transparent scan would come out black.
  context.fillStyle = 'white'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return canvas.convertToBlob({ type: 'image/jpeg', quality })
}
