import { clockTimeOf, dateOf, type Instant, type IsoDate, weekdayOf } from '../../core/time.ts'
import type { Unit } from '../unit.ts'

const weekdays = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'] as const

/** "08 giờ 05 phút, thứ Tư, ngày 17/08/2022". */
export function momentInWords(moment: Instant): string {
  const date = dateOf(moment)
  const [hours, minutes] = clockTimeOf(moment).split(':')
  return `${hours} giờ ${minutes} phút, ${weekdays[weekdayOf(date)]}, ngày ${date.split('-').reverse().join('/')}`
}

/** "ngày 05 tháng 02 năm 2022": days below 10 and months 1 and 2 take a zero (NĐ 30/2020/NĐ-CP Phụ lục I mục II.4). */
export function dateInWords(date: IsoDate): string {
  const [year, month, day] = date.split('-')
  return `ngày ${day} tháng ${Number(month) < 3 ? month : Number(month)} năm ${year}`
}

/** "16.000 đồng". */
export function vndText(amountVnd: number): string {
  return `${groupedThousands(amountVnd)} đồng`
}

/** "16.000". */
export function groupedThousands(amount: number): string {
  return String(amount).replace(/\B(?=(\d{3})+$)/g, '.')
}

/** The place a paper is dated from: "Gôi" for "Thị trấn Gôi". */
export function placeOf(unit: Unit): string {
  return unit.name.replace(/^(Thị trấn|Thị xã|Thành phố|Đặc khu|Phường|Xã|Huyện|Quận|Tỉnh)\s+/u, '')
}

/** The desk in running text: "Bộ phận tiếp nhận và trả kết quả thị trấn Gôi". */
export function deskInWords(unit: Unit): string {
  const desk = capitalised(unit.deskName.toLowerCase())
  const name = unit.name.slice(0, 1).toLowerCase() + unit.name.slice(1)
  const place = desk.indexOf(unit.name.toLowerCase())
  return place < 0 ? `${desk} ${name}` : desk.slice(0, place) + name + desk.slice(place + name.length)
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
