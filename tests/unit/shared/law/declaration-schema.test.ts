import { Validator } from '@cfworker/json-schema'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DeclarationForm, FormField } from '../../../../shared/law/declaration-form.ts'
import { type Declaration, fieldsOf, isFieldShown, shownAnswers } from '../../../../shared/law/declaration-form.ts'
import { checkDeclaration, declarationSchemaOf, type FieldProblem } from '../../../../shared/law/declaration-schema.ts'
import { catalogue, procedure } from './data/reference-data.ts'

function formOf(...fields: FormField[]): DeclarationForm {
  return { id: 'thu', version: 1, sections: [{ title: 'Thử', fields }] }
}

function field(kind: FormField['kind'], more: Partial<FormField> = {}): FormField {
  return { key: 'answer', label: 'Câu trả lời', kind, span: 12, required: false, ...more }
}

type WithoutKey<Problem> = Problem extends unknown ? Omit<Problem, 'key'> : never

/** The problem of one answer, without its key. */
function problemOf(one: FormField, answer: string): WithoutKey<FieldProblem> | undefined {
  const [problem] = checkDeclaration(formOf(one), { answer })
  if (!problem) return undefined
  const { key: _key, ...rest } = problem
  return rest
}

describe('answers', () => {
  const options = ['Nam', 'Nữ']
  it.each<[FormField['kind'], string, WithoutKey<FieldProblem> | undefined]>([
    ['text', 'bất kỳ', undefined],
    ['person-name', "Y Bhim Niê K'Đăm", undefined],
    ['phone', '0912345678', undefined],
    ['phone', '0912 345 678', undefined],
    ['phone', '0912.345.678', undefined],
    ['phone', '0912-345-678', undefined],
    ['phone', '+84 912 345 678', undefined],
    ['phone', '0228 3820 123', undefined],
    ['phone', '0912 345 67', { code: 'field/short-phone', digits: 9, expected: 10 }],
    ['phone', '+84 912 345 67', { code: 'field/short-phone', digits: 9, expected: 10 }],
    ['phone', '0912 345 6789', { code: 'field/unreadable-phone' }],
    ['phone', '1912345678', { code: 'field/unreadable-phone' }],
    ['phone', 'không có', { code: 'field/unreadable-phone' }],
    ['personal-id', '036085999991', undefined],
    ['personal-id', '036 085 999 991', undefined],
    ['personal-id', '162999991', undefined],
    ['personal-id', '03608599999', { code: 'field/short-personal-id', digits: 11, expected: 12 }],
    ['personal-id', '0360859999911', { code: 'field/unreadable-personal-id' }],
    ['personal-id', 'C1234567', { code: 'field/unreadable-personal-id' }],
    ['partial-date', '1952', undefined],
    ['partial-date', '1987-09', undefined],
    ['partial-date', '1987-09-03', undefined],
    ['partial-date', '03/09/1987', { code: 'field/unreadable-date' }],
    ['partial-date', '1990-02-31', { code: 'field/unreadable-date' }],
    ['date', '2022-08-09', undefined],
    ['date', '2022-08', { code: 'field/incomplete-date' }],
    ['date', '2022', { code: 'field/incomplete-date' }],
    ['date', '2023-02-29', { code: 'field/unreadable-date' }],
    ['date', 'hôm qua', { code: 'field/unreadable-date' }],
    ['time', '23:59', undefined],
    ['time', '24:00', { code: 'field/unreadable-time' }],
    ['count', '0', undefined],
    ['count', '12', undefined],
    ['count', '-1', { code: 'field/not-a-count', min: 0 }],
    ['count', '2,5', { code: 'field/not-a-count', min: 0 }],
    ['money', '400000', undefined],
    ['money', '400.000', { code: 'field/not-an-amount' }],
    ['yes-no', 'yes', undefined],
    ['yes-no', 'Có', { code: 'field/not-an-option', options: ['yes', 'no'] }],
    ['text', 'x'.repeat(501), { code: 'field/too-long', max: 500 }],
  ])('%s "%s": %o', (kind, answer, problem) => {
    expect(problemOf(field(kind), answer)).toEqual(problem)
  })

  it('of a choice are its options', () => {
    expect(problemOf(field('choice', { options }), 'Nữ')).toBeUndefined()
    expect(problemOf(field('choice', { options }), 'Khác')).toEqual({ code: 'field/not-an-option', options })
  })

  it('of a required count are at least one', () => {
    expect(problemOf(field('count', { required: true }), '0')).toEqual({ code: 'field/not-a-count', min: 1 })
  })

  it('that are empty count as not given', () => {
    expect(problemOf(field('phone'), '  ')).toBeUndefined()
    expect(problemOf(field('phone', { required: true }), ' ')).toEqual({ code: 'field/required' })
  })

  it('to questions nobody asked are named', () => {
    expect(checkDeclaration(formOf(field('text')), { other: 'x' })).toEqual([{ key: 'other', code: 'field/unknown' }])
  })
})

describe('conditional fields', () => {
  const { form } = procedure('1.004873')
  const common = {
    applicantRelation: 'Bản thân',
    'marital.status': 'Chưa đăng ký kết hôn với ai',
    'purpose.kind': 'Vay vốn',
  }

  it('are not asked when the condition does not hold', () => {
    expect(checkDeclaration(form, common)).toEqual([])
  })

  it('are required when it holds', () => {
    const problems = checkDeclaration(form, { ...common, applicantRelation: 'Con', 'purpose.kind': 'Mục đích khác' })
    expect(problems.map(({ key, code }) => `${key} ${code}`)).toEqual([
      'subject.name field/required',
      'subject.bornOn field/required',
      'subject.address field/required',
      'purpose.detail field/required',
    ])
  })

  it('that are hidden are neither checked nor handed in', () => {
    const hidden = { ...common, 'purpose.detail': 'x'.repeat(900), 'subject.name': 'Trần Thị Mẫu' }
    expect(checkDeclaration(form, hidden)).toEqual([])
    expect(shownAnswers(form, hidden)).toEqual(common)
  })
})

describe('a whole declaration', () => {
  const birth: Declaration = {
    applicantRelation: 'Mẹ',
    'child.name': 'Trần Minh Khôi',
    'child.gender': 'Nam',
    'child.bornOn': '2022-08-09',
    'child.ethnicity': 'Kinh',
    'child.nationality': 'Việt Nam',
    'child.birthPlace': 'Trung tâm Y tế huyện Vụ Bản',
    'child.hometown': 'Thị trấn Gôi, Vụ Bản, Nam Định',
    'mother.name': 'Vũ Thị Thảo',
    'mother.bornOn': '1990-05',
    'father.name': 'Trần Văn Dũng',
    'father.bornOn': '1988',
    'copies.count': '2',
  }

  it('of a birth is accepted', () => {
    expect(checkDeclaration(procedure('1.001193').form, birth)).toEqual([])
  })

  it('is answered in the order of the paper, one problem a field', () => {
    const { 'child.name': _name, ...rest } = birth
    const wrong = { ...rest, 'mother.bornOn': '31/02/1990', 'child.bornOn': '2022', 'father.personalId': '03608599' }
    expect(checkDeclaration(procedure('1.001193').form, wrong)).toEqual([
      { key: 'child.name', code: 'field/required' },
      { key: 'child.bornOn', code: 'field/incomplete-date' },
      { key: 'mother.bornOn', code: 'field/unreadable-date' },
      { key: 'father.personalId', code: 'field/short-personal-id', digits: 8, expected: 12 },
    ])
  })

  it('that is empty lacks exactly the required fields, for every procedure', () => {
    for (const { form } of catalogue.procedures) {
      const required = fieldsOf(form).filter((one) => one.required && !one.when)
      expect(checkDeclaration(form, {})).toEqual(required.map(({ key }) => ({ key, code: 'field/required' })))
    }
  })
})

/** Letters of Vietnamese and its neighbours; between À and ỹ lie spaces too, and a space alone is no answer. */
const anyText = fc.stringMatching(/^[A-Za-zÀ-ɏẠ-ỹ0-9,.'-]{1,60}$/)

/** An answer that fits the field. */
function goodAnswer({ kind, options }: FormField): fc.Arbitrary<string> {
  switch (kind) {
    case 'choice':
      return fc.constantFrom(...(options ?? []))
    case 'yes-no':
      return fc.constantFrom('yes', 'no')
    case 'phone':
      return fc.constantFrom('0912 345 678', '+84912345678', '02283820123')
    case 'personal-id':
      return fc.constantFrom('036085999991', '162 999 991')
    case 'date':
      return fc.constantFrom('2022-08-09', '2024-02-29')
    case 'partial-date':
      return fc.constantFrom('1952', '1987-09', '1987-09-03')
    case 'time':
      return fc.constantFrom('00:00', '15:05')
    case 'count':
      return fc.integer({ min: 1, max: 9999 }).map(String)
    case 'money':
      return fc.integer({ min: 0, max: 10_000_000_000 }).map(String)
    default:
      return anyText
  }
}

describe('every form of the catalogue', () => {
  const anyForm = fc.constantFrom(...catalogue.procedures.map(({ form }) => form))

  it.each(catalogue.procedures.map(({ code, version, form }) => ({ code, version, form })))(
    'accepts a declaration of $code v$version that answers every question well',
    ({ form }) => {
      const answers = fc.record(Object.fromEntries(fieldsOf(form).map((one) => [one.key, goodAnswer(one)])))
      fc.assert(
        fc.property(answers, (declaration) => {
          expect(checkDeclaration(form, declaration as Declaration)).toEqual([])
        }),
        { numRuns: 10 },
      )
    },
  )

  it('never throws, and finds a problem only in fields that are shown or strange', () => {
    fc.assert(
      fc.property(
        anyForm.chain((form) => {
          const keys = [...fieldsOf(form).map(({ key }) => key), '__proto__', 'toString', 'a/b~c']
          return fc
            .dictionary(fc.constantFrom(...keys), fc.string({ unit: 'grapheme', maxLength: 40 }))
            .map((declaration) => ({ form, declaration }))
        }),
        ({ form, declaration }) => {
          const shown = new Set(
            fieldsOf(form)
              .filter((one) => isFieldShown(one, declaration))
              .map(({ key }) => key),
          )
          for (const { key, code } of checkDeclaration(form, declaration)) {
            expect(code === 'field/unknown' ? !fieldsOf(form).some((one) => one.key === key) : shown.has(key)).toBe(
              true,
            )
          }
        },
      ),
      { numRuns: 400 },
    )
  })

  it('finds nothing only where the JSON Schema finds nothing', () => {
    const oddAnswer = fc.oneof(
      fc.constantFrom(
        '',
        ' ',
        '0',
        '00',
        '12',
        'Nam',
        'yes',
        'no',
        'không',
        '24:00',
        '2023-02-29',
        '0912 345 67',
        '9'.repeat(12),
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.integer({ min: 299, max: 4001 }).map((length) => '𠀀'.repeat(length / 2)),
    )
    fc.assert(
      fc.property(
        anyForm.chain((form) => {
          const answers = fieldsOf(form).map((one) => [
            one.key,
            fc.option(goodAnswer(one), { freq: 20, nil: undefined }),
          ])
          const odd = fc.dictionary(fc.constantFrom(...fieldsOf(form).map(({ key }) => key)), oddAnswer, { maxKeys: 1 })
          return fc.record({ good: fc.record(Object.fromEntries(answers)), odd }).map(({ good, odd }) => {
            const given = Object.entries({ ...good, ...odd }).filter(([, answer]) => answer !== undefined)
            return { form, declaration: Object.fromEntries(given) as Declaration }
          })
        }),
        ({ form, declaration }) => {
          const validator = new Validator(declarationSchemaOf(form), '2020-12', false)
          const problems = checkDeclaration(form, declaration).filter(({ code }) => code !== 'field/unreadable-date')
          const isValid = validator.validate(shownAnswers(form, declaration)).valid
          if (problems.length === 0 && checkDeclaration(form, declaration).length > 0) return
          expect(problems.length === 0).toBe(isValid)
        },
      ),
      { numRuns: 600 },
    )
  })

  it('is a JSON Schema that survives being sent', () => {
    for (const { form } of catalogue.procedures) {
      const schema = declarationSchemaOf(form)
      expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
      expect(schema).toMatchObject({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        additionalProperties: false,
      })
    }
  })
})
