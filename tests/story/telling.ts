import type { Page } from '@playwright/test'

/** How a story is told: the e2e test tells it for its claims, the guided tour for its pictures. */
export interface Telling {
  /** Where receipts are printed to. */
  readonly papers: string
  /** Called at the moments worth a picture. */
  readonly picture: (page: Page, name: string) => Promise<void>
  readonly step: (title: string, run: () => Promise<void>) => Promise<void>
}
