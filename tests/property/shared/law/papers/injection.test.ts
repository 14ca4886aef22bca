import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printableText } from '../../../../../shared/law/papers/html.ts'
import type { Paper } from '../../../../../shared/law/papers/paper.ts'
import { receipt } from '../../../../../shared/law/papers/receipt.ts'
import { receiptPaperOf } from '../../../../../shared/law/papers/receipt-paper.ts'
import { refusal } from '../../../../../shared/law/papers/refusal.ts'
import { refusalPaperOf } from '../../../../../shared/law/papers/refusal-paper.ts'
import {
  receivedDossier,
  refusedDossier,
  sampleDocument,
  sampleProcedure,
  sampleUnit,
} from '../../../../harness/sample-dossiers.ts'
import { fakeQr, wordsOf } from '../../../../unit/shared/law/papers/paper-text.ts'

const seed = Number(process.env['TEST_SEED'] ?? 20_220_817)

/** What someone who wants to break a paper would type, beside anything at all. Never empty: empty fields print no line. */
const typed = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' onload='x",
      '</table></td><h1>Đã thu</h1>',
      '<style>*{display:none}</style>',
      '&lt;b&gt; & &#60;',
      '\u202egnuhc',
    ),
  )
  .map((text) => `a${text}`)

/** Every text a person can put on a receipt. */
function receiptWith(text: string): Paper {
  const unit = { ...sampleUnit('goi', text), authorityName: text, deskName: text }
  const procedure = { ...sampleProcedure('1.001193'), name: text }
  const dossier = receivedDossier(
    {
      declaration: { 'child.name': text },
      delegate: { name: text, personalId: text, phone: text, authority: text },
      documents: [sampleDocument(text, 'original', { note: text })],
      fee: { amountVnd: 0, exemption: text },
    },
    {
      kind: 'organisation',
      name: `b${text}`,
      taxCode: text,
      representative: text,
      phone: text,
      email: text,
      address: text,
    },
  )
  const facts = receiptPaperOf(dossier, unit, procedure, text)
  if (!facts) throw new Error('no receipt')
  return receipt({ ...facts, number: text, shortNumber: text }, fakeQr)
}

function refusalWith(text: string): Paper {
  const procedure = { ...sampleProcedure('1.001193'), name: text }
  // A line break begins a new paragraph, so breaks are the one thing here that may change the markup.
  const facts = refusalPaperOf(refusedDossier(text.replace(/[\r\n]/g, ' ')), sampleUnit('goi', text), procedure, text)
  if (!facts) throw new Error('no refusal')
  return refusal(facts)
}

const markupOf = (paper: Paper) => paper.body.match(/<[^>]*>/g)
const spaced = (text: string) => printableText(text).replace(/\s+/g, ' ').trim()

describe('papers', () => {
  it.each([
    ['receipt', receiptWith],
    ['refusal', refusalWith],
  ] as const)('%s: nothing that is typed becomes markup, and all of it can be read', (_name, paperWith) => {
    const plain = markupOf(paperWith('a'))
    fc.assert(
      fc.property(typed, (text) => {
        const paper = paperWith(text)
        expect(markupOf(paper)).toEqual(plain)
        expect(wordsOf(paper)).toContain(spaced(text))
      }),
      { seed, numRuns: 400 },
    )
  })
})
