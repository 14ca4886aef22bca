import type { Page } from '@playwright/test'
import { vietnamese } from '../../../renderer/text/vietnamese.ts'

/** What a user sees of the desk, found in the page as it stands; moments are milliseconds of the Unix clock. */
export async function whenDoorIsReady(page: Page): Promise<{ readonly doorAt: number; readonly shownAt: number }> {
  return page.evaluate(async () => {
    while (!document.querySelector('.officer-choice')) await new Promise((resolve) => setTimeout(resolve, 2))
    const doorAt = performance.timeOrigin + performance.now()
    // Main shows the window at its first contentful paint (`ready-to-show`).
    const [paint] = performance.getEntriesByName('first-contentful-paint')
    return { doorAt, shownAt: performance.timeOrigin + (paint?.startTime ?? performance.now()) }
  })
}

export interface SignedIn {
  /** From pressing the button to rows of the list on the screen. */
  readonly rowsMs: number
  /** From pressing the button to a list that is whole: all dossiers counted, all visible rows filled. */
  readonly wholeMs: number
  readonly open: number
}

/**
 * Signs the first officer of the list in. `expected` is how many dossiers the list must count to be whole. The code is
 * put in by the page itself: what Playwright loads into it for its locators is a task of 50 ms that no desk has.
 */
export async function signIn(page: Page, expected: number): Promise<SignedIn> {
  return page.evaluate(async (wanted) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const code = document.querySelector<HTMLInputElement>('input[type=password]')
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(code, '123456')
    code?.dispatchEvent(new Event('input', { bubbles: true }))
    await frame()
    await frame()
    const filled = () => {
      const names = [...document.querySelectorAll('.grid-row .cell-applicant')]
      return names.length > 0 && names.every((name) => name.textContent !== '')
    }
    const counted = () => Number(document.querySelector('.chip b')?.textContent?.replace(/\D/g, '') ?? -1)
    const start = performance.now()
    document.querySelector('form')?.requestSubmit()
    while (!filled()) await frame()
    const rowsMs = performance.now() - start
    while (counted() < wanted || !filled()) await frame()
    return { rowsMs, wholeMs: performance.now() - start, open: counted() }
  }, expected)
}

/** The page lets go of its store and of all it held for the officer. */
export async function signOut(page: Page): Promise<void> {
  await page.evaluate(async (label) => {
    const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === label)
    if (!button) throw new Error(`no button ${label}`)
    button.click()
    while (!document.querySelector('.officer-choice')) await new Promise((resolve) => setTimeout(resolve, 20))
  }, vietnamese.frame.signOut)
}

/** The longest single piece of work the page did since its window was shown: keys wait that long. */
export async function longestTask(page: Page, sinceUnixMs: number): Promise<number> {
  return page.evaluate(async (since) => {
    const tasks = await new Promise<PerformanceEntryList>((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type: 'longtask', buffered: true })
      setTimeout(() => resolve([]), 500)
    })
    const after = tasks.filter(({ startTime }) => performance.timeOrigin + startTime >= since)
    return Math.max(0, ...after.map(({ duration }) => duration))
  }, sinceUnixMs)
}
