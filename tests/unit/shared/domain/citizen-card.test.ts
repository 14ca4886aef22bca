import { expect, test } from 'vitest'
import { parseCitizenCard, remarksOnPersonalId } from '../../../../shared/domain/citizen-card.ts'

test('a card with an old number', () => {
  const text =
    '036085999991|162999991|NGUYỄN VĂN THỬ|14021985|Nam|Tổ dân phố Tây Côi Sơn, Thị trấn Gôi, Vụ Bản, Nam Định|10052021'
  expect(parseCitizenCard(text)).toEqual({
    personalId: '036085999991',
    oldId: '162999991',
    name: 'NGUYỄN VĂN THỬ',
    bornOn: '1985-02-14',
    gender: 'male',
    address: 'Tổ dân phố Tây Côi Sơn, Thị trấn Gôi, Vụ Bản, Nam Định',
    issuedOn: '2021-05-10',
    extras: [],
    lettersReadable: true,
  })
})

test('a newer card with appended fields keeps them unused', () => {
  const card = parseCitizenCard('036306999993||ĐỖ NGỌC ẢNH|30042006|Nữ|Xóm 3, Xã Hiển Khánh, Ninh Bình|05092025|CHA|MẸ')
  expect(card).toMatchObject({ gender: 'female', extras: ['CHA', 'MẸ'], lettersReadable: true })
  expect(card).not.toHaveProperty('oldId')
})

test.each([
  ['00001952', '1952'],
  ['1952', '1952'],
  ['00051952', '1952-05'],
])('a birth date %s of someone old reads %s', (born, expected) => {
  expect(parseCitizenCard(`036052999991||NGUYỄN VĂN THỬ|${born}|Nam|Gôi|10052021`)?.bornOn).toBe(expected)
})

test('a decomposed name is composed', () => {
  const decomposed = 'NGUYỄN VĂN THỬ'.normalize('NFD')
  expect(parseCitizenCard(`036085999991||${decomposed}|14021985|Nam|Gôi|10052021`)?.name).toBe('NGUYỄN VĂN THỬ')
})

test.each(['NGUYá»„N VÄ‚N THá»¬', 'NGUY&#7876;N', 'NGUY%E1%BB%84N', 'NGUY0225N', 'NGUY\ufffdN'])(
  'broken letters are seen: %s',
  (name) => {
    const card = parseCitizenCard(`036085999991||${name}|14021985|Nam|Gôi|10052021`)
    expect(card).toMatchObject({ personalId: '036085999991', bornOn: '1985-02-14', lettersReadable: false })
  },
)

test.each(['Xã Hiển Khánh', 'Áng Hà', 'ĐÀO THỊ ÁNH', 'Hoà Xá, Mỹ Lộc', 'Lã Thị Ảnh'])('%s is readable', (name) => {
  expect(parseCitizenCard(`036085999991||${name}|14021985|Nam|Xóm 3, ${name}|10052021`)?.lettersReadable).toBe(true)
})

test.each(['', '036085999991', '036085999991|a|b|c|d|e', 'abc||x|y|z|t|u', '03608599999||N|14021985|Nam|G|10052021'])(
  'no card: "%s"',
  (text) => {
    expect(parseCitizenCard(text)).toBeUndefined()
  },
)

test('number, gender and birth year are compared and only remarked upon', () => {
  expect(remarksOnPersonalId('036085999991', 'male', '1985-02-14')).toEqual([])
  expect(remarksOnPersonalId('036 199 999 992', 'female', '1999')).toEqual([])
  expect(remarksOnPersonalId('036306999993', 'female', '2006-04-30')).toEqual([])
  expect(remarksOnPersonalId('036085999991', 'female', '1986')).toEqual([
    'personal-id/other-gender',
    'personal-id/other-birth-year',
  ])
  expect(remarksOnPersonalId('162999991', 'female', '1986')).toEqual([])
  expect(remarksOnPersonalId('036085999991', undefined, undefined)).toEqual([])
})
