import type { Applicant } from '../../../shared/domain/applicant.ts'
import type { Draw } from './random.ts'

/** Made-up people with names as common here as in Nam Định; nobody real is meant. */
const families = [
  ...['Nguyễn', 'Nguyễn', 'Nguyễn', 'Trần', 'Trần', 'Lê', 'Phạm', 'Phạm', 'Vũ', 'Vũ', 'Hoàng', 'Đỗ', 'Bùi', 'Đặng'],
  ...['Ngô', 'Dương', 'Lý', 'Đinh', 'Đoàn', 'Trịnh', 'Mai', 'Cao', 'Lưu', 'Triệu', 'Khiếu', 'Tạ'],
] as const
const menMiddle = ['Văn', 'Văn', 'Đức', 'Hữu', 'Quang', 'Minh', 'Xuân', 'Công', 'Đình', 'Ngọc'] as const
const womenMiddle = ['Thị', 'Thị', 'Thị', 'Thị Thu', 'Thị Ngọc', 'Thị Khánh', 'Ngọc', 'Thanh', 'Kim', 'Thùy'] as const
const menGiven = [
  ...['An', 'Bình', 'Cường', 'Dũng', 'Đạt', 'Đông', 'Hải', 'Hiếu', 'Hòa', 'Hùng', 'Huy', 'Khôi', 'Kiên', 'Lâm', 'Long'],
  ...[
    'Mạnh',
    'Nam',
    'Nghĩa',
    'Phúc',
    'Quân',
    'Quyết',
    'Sơn',
    'Thắng',
    'Thành',
    'Tiến',
    'Toàn',
    'Trường',
    'Tuấn',
    'Việt',
  ],
] as const
const womenGiven = [
  ...['Anh', 'Ánh', 'Bích', 'Chi', 'Cúc', 'Dung', 'Duyên', 'Đào', 'Giang', 'Hà', 'Hạnh', 'Hiền', 'Hoa', 'Hồng', 'Huệ'],
  ...['Hương', 'Huyền', 'Lan', 'Liên', 'Linh', 'Loan', 'Mai', 'Mỹ', 'Nga', 'Nhung', 'Oanh', 'Phượng', 'Thảo', 'Yến'],
] as const
const places = [
  ...['Tổ dân phố Tây Côi Sơn', 'Tổ dân phố Đông Côi Sơn', 'Tổ dân phố số 3', 'Tổ dân phố Vân Côi', 'Thôn Lương Kiệt'],
  ...['Thôn Phú Cốc', 'Xóm Đình', 'Thôn Tiên Hương', 'Thôn Vân Cát', 'Thôn Báng Già', 'Tổ dân phố Mỹ Côi'],
] as const
const workplaces = [
  'Công ty TNHH Cơ khí Gôi',
  'Trường Tiểu học thị trấn Gôi',
  'Hợp tác xã Nông nghiệp Côi Sơn',
] as const

export function personName(draw: Draw, gender = draw.chance(0.5) ? 'male' : 'female'): string {
  const [middle, given] = gender === 'male' ? [menMiddle, menGiven] : [womenMiddle, womenGiven]
  return `${draw.pick(families)} ${draw.pick<string>(middle)} ${draw.pick<string>(given)}`
}

export function address(draw: Draw): string {
  return `Số nhà ${draw.between(1, 180)}, ${draw.pick(places)}, thị trấn Gôi, huyện Vụ Bản, tỉnh Nam Định`
}

export function personalId(draw: Draw): string {
  return `0361${draw.between(60, 99)}${draw.digits(6)}`
}

export function phone(draw: Draw): string {
  return `09${draw.digits(8)}`
}

export function birthday(draw: Draw): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${draw.between(1948, 2004)}-${two(draw.between(1, 12))}-${two(draw.between(1, 28))}`
}

export function applicant(draw: Draw): Applicant {
  if (draw.chance(0.06)) {
    return {
      kind: 'organisation',
      name: draw.pick(workplaces),
      taxCode: `0600${draw.digits(6)}`,
      representative: personName(draw),
      phone: phone(draw),
      address: address(draw),
    }
  }
  const gender = draw.chance(0.5) ? 'male' : 'female'
  return {
    kind: 'person',
    name: personName(draw, gender),
    personalId: personalId(draw),
    bornOn: birthday(draw),
    gender,
    phone: phone(draw),
    address: address(draw),
  }
}
