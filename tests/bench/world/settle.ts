import type { Page } from '@playwright/test'

const waitMs = 540_000
const lookMs = 2_000
const looksPerProgress = 5

/** Waits until the desk holds everything the district has and the page shows all of it. */
export async function settle(page: Page, dossiers: number, say: (line: string) => void): Promise<void> {
  const deadline = Date.now() + waitMs
  let last = { held: -1, stored: -1, shown: -1 }
  for (let look = 0; Date.now() < deadline; look += 1) {
    const now = { held: await heldCount(page), stored: await storedCount(page), shown: await shownCount(page) }
    if (look % looksPerProgress === 0) say(`the desk holds ${now.held} dossiers, its view ${now.stored}`)
    const whole = now.held >= dossiers && now.stored >= dossiers
    if (whole && now.shown > 0 && now.shown === last.shown) return
    last = now
    await page.waitForTimeout(lookMs)
  }
  throw new Error(`the list did not come to rest: ${JSON.stringify(last)}`)
}

async function heldCount(page: Page): Promise<number> {
  const changes = await page.evaluate(() => window.desk.call('projection.changes', { after: 0, limit: 1 }))
  return changes.ok ? changes.value.changes.length + changes.value.remaining : 0
}

/** How many dossiers the page's own store holds, asked of its database and not of the app. */
async function storedCount(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const known = await indexedDB.databases()
    const name = known
      .map((each) => each.name ?? '')
      .find((each) => each.startsWith('rxdb-dexie-desk--') && each.endsWith('--dossiers'))
    if (!name) return 0
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    try {
      return await new Promise<number>((resolve, reject) => {
        const request = database.transaction('docs').objectStore('docs').count()
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    } finally {
      database.close()
    }
  })
}

/** What the first chip of the work list counts: everything that is still to do. */
export async function shownCount(page: Page): Promise<number> {
  return page.evaluate(() => Number(document.querySelector('.chip b')?.textContent?.replace(/\D/g, '') ?? 0))
}
