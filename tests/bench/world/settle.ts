import type { Page } from '@playwright/test'

const waitMs = 300_000

/** Waits until the desk holds everything the district has and the page shows all of it. */
export async function settle(page: Page, dossiers: number): Promise<void> {
  await page.waitForFunction(
    async (wanted) => {
      const changes = await window.desk.call('projection.changes', { after: 0, limit: 1 })
      return changes.ok && changes.value.changes.length + changes.value.remaining >= wanted
    },
    dossiers,
    { timeout: waitMs, polling: 250 },
  )
  let last = -1
  const deadline = Date.now() + waitMs
  while (Date.now() < deadline) {
    const counted = await shownCount(page)
    if (counted === last && counted > 0) return
    last = counted
    await page.waitForTimeout(2_000)
  }
  throw new Error('the list did not come to rest')
}

/** What the first chip of the work list counts: everything that is still to do. */
export async function shownCount(page: Page): Promise<number> {
  return page.evaluate(() => Number(document.querySelector('.chip b')?.textContent?.replace(/\D/g, '') ?? 0))
}
