import type { Planted } from '../harness/find-plaintext.ts'
import type { IntakeCase } from './keyboard-intake.ts'
import { samplePdf, samplePng } from './scans.ts'

/** Nobody is called so, no law or label says so: where one of these stands, it leaked. */
export const words = {
  name: 'Quách Thỏ Ngọc Lệ',
  child: 'Quách Sóc Nhỏ',
  personalId: '036190777123',
  phone: '0977123457',
  address: 'Xóm Khế Chua Lẻ',
  note: 'Bà hẹn con dâu út ra lấy hộ',
  correctedPhone: '0966998871',
  whyCorrected: 'Số cũ là của nhà hàng xóm Đậu Phụng',
  deliverable: '7741/GKS-QSN',
  recipient: 'Kiều Thị Sâu Đo',
  recipientId: '036171555432',
  relation: 'dì ruột bên ngoại',
  recipientNote: 'Cầm theo giấy viết tay',
  draftName: 'Cù Thị Nhắt Nhen',
  discardedName: 'Ninh Thị Bọ Rùa',
  searched: 'Mạc Văn Chão Chuộc',
  scanName: 'giay-chung-sinh-quach-soc.pdf',
  scanText: 'SOC NHO CHAO DOI TAI TRAM XA',
} as const

export const picture = samplePng('anh-mat-truoc.png', 201)
const scan = samplePdf(words.scanName, words.scanText)

export const planted: Planted = {
  words: Object.values(words),
  bytes: new Map([
    ['the scan', scan.buffer.subarray(0, 200)],
    ['the picture', picture.buffer.subarray(30, 70)],
  ]),
}

export const plantedCase: IntakeCase = {
  search: 'dkks',
  procedure: 'Đăng ký khai sinh',
  answers: {
    'applicant/name': words.name,
    'applicant/personalId': words.personalId,
    'applicant/bornOn': '14/05/1990',
    'applicant/phone': words.phone,
    'applicant/address': words.address,
    'declaration/applicantRelation': 'Mẹ',
    'declaration/child/name': words.child,
    'declaration/child/gender': 'Nam',
    'declaration/child/bornOn': '09/08/2022',
    'declaration/child/birthPlace': 'Trung tâm Y tế huyện Vụ Bản',
    'declaration/child/hometown': 'Thị trấn Gôi, Vụ Bản, Nam Định',
    'declaration/mother/name': words.name,
    'declaration/mother/bornOn': '05/1990',
    'declaration/father/name': 'Trần Văn Dũng',
    'declaration/father/bornOn': '1988',
    'declaration/copies/count': '2',
  },
  scan,
}
