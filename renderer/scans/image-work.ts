import type { ImageAnswer, ImageWish } from './image-wish.ts'

let worker: Worker | undefined
let lastId = 0
const waiting = new Map<number, (answer: ImageAnswer) => void>()

/** A thumbnail of a picture and, where asked for and worth it, a smaller version; made beside the page. */
export function workOnImage(picture: Blob, reduce: boolean): Promise<ImageAnswer> {
  lastId += 1
  const wish: ImageWish = { id: lastId, picture, reduce }
  return new Promise((resolve) => {
    waiting.set(wish.id, resolve)
    const started = startWorker()
    if (started) started.postMessage(wish)
    else giveUp()
  })
}

function startWorker(): Worker | undefined {
  if (worker || typeof Worker === 'undefined') return worker
  worker = new Worker(new URL('./image-worker.ts', import.meta.url), { type: 'module' })
  worker.onmessage = ({ data }: MessageEvent<ImageAnswer>) => {
    waiting.get(data.id)?.(data)
    waiting.delete(data.id)
  }
  worker.onerror = giveUp
  return worker
}

/** Without the worker every picture is taken as it came. */
function giveUp(): void {
  worker?.terminate()
  worker = undefined
  for (const [id, resolve] of waiting) resolve({ id })
  waiting.clear()
}
