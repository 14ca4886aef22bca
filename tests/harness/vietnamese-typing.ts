import type { Page } from '@playwright/test'

/**
 * The two ways Vietnamese reaches a field on a clerk's PC.
 * Unikey and EVKey hook the keys and send Backspace and finished letters; Windows' own keyboard composes.
 */
export interface Stroke {
  /** Letters taken back first. */
  readonly back?: number
  readonly insert: string
}

/** "Nguyễn Thị Đường" in Telex, as Unikey sends it. */
export const unikeyStrokes: readonly Stroke[] = [
  ...['N', 'g', 'u', 'y', 'e'].map((insert) => ({ insert })),
  { back: 1, insert: 'ê' },
  { insert: 'n' },
  { back: 2, insert: 'ễn' },
  ...[' ', 'T', 'h', 'i'].map((insert) => ({ insert })),
  { back: 1, insert: 'ị' },
  ...[' ', 'D'].map((insert) => ({ insert })),
  { back: 1, insert: 'Đ' },
  { insert: 'u' },
  { back: 1, insert: 'ư' },
  { insert: 'o' },
  { back: 1, insert: 'ơ' },
  ...['n', 'g'].map((insert) => ({ insert })),
  { back: 3, insert: 'ờng' },
]

/** The same name as an input method composes it, word by word. */
export const composedWords: readonly (readonly string[])[] = [
  ['N', 'Ng', 'Ngu', 'Nguy', 'Nguye', 'Nguyê', 'Nguyên', 'Nguyễn'],
  [' '],
  ['T', 'Th', 'Thi', 'Thị'],
  [' '],
  ['D', 'Đ', 'Đu', 'Đư', 'Đươ', 'Đươn', 'Đương', 'Đường'],
]

export async function typeLikeUnikey(page: Page, strokes: readonly Stroke[]): Promise<void> {
  for (const { back = 0, insert } of strokes) {
    for (let step = 0; step < back; step += 1) await page.keyboard.press('Backspace')
    await page.keyboard.insertText(insert)
  }
}

export async function typeByComposition(page: Page, words: readonly (readonly string[])[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  for (const stages of words) {
    for (const text of stages) {
      await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
    }
    await session.send('Input.insertText', { text: stages.at(-1) ?? '' })
  }
  await session.detach()
}
