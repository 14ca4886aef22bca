import { expect, test } from 'vitest'
import { english } from '../../../../renderer/text/english.ts'
import { vietnamese } from '../../../../renderer/text/vietnamese.ts'

type Tree = { readonly [key: string]: string | Tree }

function flatten(tree: Tree, path = ''): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    const place = path ? `${path}.${key}` : key
    if (typeof value === 'string') texts.set(place, value)
    else for (const [deeper, text] of flatten(value, place)) texts.set(deeper, text)
  }
  return texts
}

const source = flatten(vietnamese)
const translated = flatten(english)

test('no text says what an officer should never read (R19)', () => {
  const forbidden = /đồng bộ|xung đột|phiên bản|máy chủ|timeout|json|\blỗi \d{3}\b|undefined|\bnull\b/i
  expect([...source].filter(([, text]) => forbidden.test(text))).toEqual([])
})

test('Vietnamese text is in composed form', () => {
  expect([...source].filter(([, text]) => text !== text.normalize('NFC'))).toEqual([])
})

test('English answers every key with the same values to fill in', () => {
  const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort()
  const odd = [...source].filter(([key, text]) => {
    const other = translated.get(key)
    return other === undefined || holes(text).join() !== holes(other).join()
  })
  expect(odd).toEqual([])
})
