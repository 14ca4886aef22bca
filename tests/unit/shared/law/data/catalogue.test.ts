import { describe, expect, it } from 'vitest'
import { fieldsOf } from '../../../../../shared/law/declaration-form.ts'
import type { FeePart, Procedure } from '../../../../../shared/law/procedure.ts'
import { catalogue, procedure } from './reference-data.ts'

const { procedures } = catalogue
const label = ({ code, version }: Procedure) => `${code} v${version}`
const each = procedures.map((one) => ({ name: label(one), one }))

/** What a desk of thị trấn Gôi does all day. */
const busiest = ['1.001193', '1.004873', '2.000815', '1.000656', '2.000635']

function feePartsOf({ fee }: Procedure): readonly FeePart[] {
  return fee.rule === 'sum' ? fee.parts : [fee]
}

function duplicates(values: readonly string[]): readonly string[] {
  return values.filter((value, index) => values.indexOf(value) !== index)
}

describe('the catalogue that ships', () => {
  it('holds the 68 procedures and the code that 1.013133 had in 2022', () => {
    expect(new Set(procedures.map(({ code }) => code)).size).toBe(69)
    expect(catalogue.version).toBe(1)
  })

  it('has one version of a procedure in force on any day, numbered in the order of time', () => {
    for (const code of new Set(procedures.map((one) => one.code))) {
      const versions = procedures.filter((one) => one.code === code)
      expect(versions.map((one) => one.version)).toEqual(versions.map((_, index) => index + 1))
      for (const [index, one] of versions.entries()) {
        expect(one.effectiveFrom <= (one.effectiveTo ?? '9999'), label(one)).toBe(true)
        const next = versions[index + 1]
        if (next) expect((one.effectiveTo ?? '9999') < next.effectiveFrom, label(one)).toBe(true)
      }
    }
  })

  it('counts what is in force in August 2022 and today', () => {
    const on = (date: string) =>
      procedures.filter((one) => one.effectiveFrom <= date && date <= (one.effectiveTo ?? '9999')).length
    expect([on('2022-08-17'), on('2026-11-23')]).toEqual([61, 64])
  })

  it('changed marriage with a foreign element from 15 days to 5 working days on 01/07/2025', () => {
    expect(procedure('2.000806', '2025-06-30').processing).toEqual({ rule: 'calendar-days', days: 15 })
    expect(procedure('2.000806', '2025-07-01').processing).toEqual({ rule: 'working-days', days: 5 })
  })

  describe.each(each)('$name', ({ one }) => {
    const fields = fieldsOf(one.form)
    const keys = fields.map((field) => field.key)

    it('has a name that fits a column and says who, how long, how much', () => {
      expect((one.shortName ?? one.name).length).toBeLessThanOrEqual(34)
      for (const text of [one.name, one.sector, one.competentAuthority, one.processingText, one.feeText]) {
        expect(text.trim()).toBe(text)
        expect(text).not.toBe('')
      }
      expect(one.channels).not.toEqual([])
      expect(one.sources).not.toEqual([])
    })

    it('is written in Vietnamese, in composed form', () => {
      const text = JSON.stringify(one)
      expect(text).toBe(text.normalize('NFC'))
      expect(one.notes ?? '').not.toMatch(/\b(from memory|the|not read|free|unknown)\b/i)
      expect(`${one.feeText} ${one.processingText}`).not.toMatch(/\b(copy|case|day|free|per)\b/i)
    })

    it('keeps doubts in its notes, out of what is posted', () => {
      expect(`${one.feeText} ${one.processingText}`).not.toContain('trí nhớ')
    })

    it('has unique document ids and fields', () => {
      expect(duplicates(one.documents.map((document) => document.id))).toEqual([])
      expect(duplicates(keys)).toEqual([])
      expect(fields.length).toBeGreaterThan(0)
      expect(fields.length).toBeLessThanOrEqual(30)
    })

    it('fills its rows', () => {
      for (const section of one.form.sections) {
        const rest = section.fields.reduce((used, { span }) => (used + span > 12 ? Number.NaN : (used + span) % 12), 0)
        expect(rest, section.title).toBe(0)
      }
    })

    it('asks for the relation of the applicant first, in labels that fit their width', () => {
      expect(keys.indexOf('applicantRelation')).toBeLessThanOrEqual(0)
      for (const { label: text, required, span } of fields) {
        expect(text.length + (required ? 2 : 0), text).toBeLessThanOrEqual(span * 7.4)
      }
    })

    it('suggests only what may be answered', () => {
      for (const { key, options, suggestion } of fields) {
        if (options && suggestion) expect(options, key).toContain(suggestion)
      }
    })

    it('has choices where it asks to choose, and conditions on fields that come before', () => {
      for (const [index, field] of fields.entries()) {
        expect((field.options ?? []).length > 1, field.key).toBe(field.kind === 'choice')
        if (!field.when) continue
        const cause = fields.slice(0, index).find((other) => other.key === field.when?.key)
        expect(cause, field.key).toBeDefined()
        expect(cause?.when, 'a condition on a conditional field').toBeUndefined()
        const answers = cause?.kind === 'yes-no' ? ['yes', 'no'] : (cause?.options ?? [])
        for (const answer of field.when.oneOf) expect(answers, field.key).toContain(answer)
      }
    })

    it('names every person it can copy the applicant to', () => {
      for (const { personPrefix, fields: inSection } of one.form.sections) {
        if (!personPrefix) continue
        expect(inSection.map((field) => field.key)).toContain(`${personPrefix}.name`)
      }
    })

    it('counts its fee on fields of the form', () => {
      for (const part of feePartsOf(one)) {
        const used =
          part.rule === 'per-item'
            ? [part.quantityField]
            : part.rule === 'per-page'
              ? [part.pagesField, part.copiesField]
              : []
        for (const key of used) {
          const field = fields.find((other) => other.key === key)
          expect(field?.kind, key).toBe('count')
          if (!(part.rule === 'per-item' && part.optional)) expect(field?.required, key).toBe(true)
        }
        if (part.when) {
          const cause = fields.find((field) => field.key === part.when?.key)
          for (const answer of part.when.oneOf) expect(cause?.options).toContain(answer)
        }
      }
    })
  })
})

describe('the five busiest procedures', () => {
  it.each(busiest)('%s is verified and has a known time', (code) => {
    const one = procedure(code)
    expect(one.confidence).toBe('verified')
    expect(one.processing.rule).not.toBe('entered')
    expect(one.notes ?? '').not.toContain('theo trí nhớ')
  })

  it('leave an amount to be entered only where the provincial council sets it', () => {
    const asked = busiest.filter((code) =>
      feePartsOf(procedure(code)).some((part) => part.rule === 'entered' && !part.when),
    )
    expect(asked).toEqual(['1.004873'])
    const whenLate = busiest.filter((code) => feePartsOf(procedure(code)).some((part) => part.when))
    expect(whenLate).toEqual(['1.001193', '1.000656'])
  })

  it('ask for a certified copy in three answers', () => {
    const required = fieldsOf(procedure('2.000815').form).filter((field) => field.required)
    expect(required.map((field) => field.key)).toEqual(['certified.document', 'certified.pages', 'certified.copies'])
  })
})
