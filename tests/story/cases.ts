import type { IntakeCase } from './keyboard-intake.ts'
import { samplePdf, samplePng } from './scans.ts'

/** Five requests of one morning at Gôi. People and numbers are invented. */
const person = (name: string, personalId: string, bornOn: string, phone: string, address: string) => ({
  'applicant/name': name,
  'applicant/personalId': personalId,
  'applicant/bornOn': bornOn,
  'applicant/phone': phone,
  'applicant/address': address,
})

export const birth: IntakeCase = {
  search: 'dkks',
  procedure: 'Đăng ký khai sinh',
  answers: {
    ...person(
      'Vũ Thị Thảo',
      '036190999991',
      '14/05/1990',
      '0912345678',
      'Tổ dân phố Tây Côi Sơn, thị trấn Gôi, Vụ Bản, Nam Định',
    ),
    'declaration/applicantRelation': 'Mẹ',
    'declaration/child/name': 'Trần Minh Khôi',
    'declaration/child/gender': 'Nam',
    'declaration/child/bornOn': '09/08/2022',
    'declaration/child/birthPlace': 'Trung tâm Y tế huyện Vụ Bản',
    'declaration/child/hometown': 'Thị trấn Gôi, Vụ Bản, Nam Định',
    'declaration/mother/name': 'Vũ Thị Thảo',
    'declaration/mother/bornOn': '05/1990',
    'declaration/father/name': 'Trần Văn Dũng',
    'declaration/father/bornOn': '1988',
    'declaration/copies/count': '2',
  },
  scan: samplePdf('giay-chung-sinh.pdf', 'Giay chung sinh'),
}

export const maritalStatus: IntakeCase = {
  search: 'tinh trang hon nhan',
  procedure: 'Xác nhận tình trạng hôn nhân',
  answers: {
    ...person('Đỗ Ngọc Ảnh', '036302999993', '30/04/2002', '0987112305', 'Tổ dân phố Lương Kiệt, thị trấn Gôi'),
    'declaration/applicantRelation': 'Bản thân',
    'declaration/marital/status': 'Chưa đăng ký kết hôn với ai',
    'declaration/purpose/kind': 'Vay vốn',
    'fee/entered': '15000',
  },
  scan: samplePng('cccd.png', 180),
}

/** The same request at the commune of today. */
export const maritalStatusToday: IntakeCase = {
  ...maritalStatus,
  answers: { ...maritalStatus.answers, 'applicant/address': 'Thôn Vân Cát, xã Vụ Bản, Ninh Bình' },
}

export const certifiedCopy: IntakeCase = {
  search: 'ban sao tu ban chinh',
  procedure: 'Chứng thực bản sao từ bản chính',
  answers: {
    'applicant/name': 'Nguyễn Văn Thử',
    'declaration/certified/document': 'Bằng tốt nghiệp đại học',
    'declaration/certified/pages': '3',
    'declaration/certified/copies': '4',
  },
  scan: samplePng('bang-tot-nghiep.png', 90),
}

export const death: IntakeCase = {
  search: 'dkkt',
  procedure: 'Đăng ký khai tử',
  answers: {
    ...person('Hoàng Văn Mẫu', '036085999994', '1985', '0903771204', 'Tổ dân phố Vân Côi, thị trấn Gôi'),
    'declaration/applicantRelation': 'Con',
    'declaration/deceased/name': 'Hoàng Thị Nga',
    'declaration/deceased/gender': 'Nữ',
    'declaration/deceased/bornOn': '1952',
    'declaration/deceased/lastAddress': 'Tổ dân phố Vân Côi, thị trấn Gôi',
    'declaration/death/diedOn': '15/08/2022',
    'declaration/death/place': 'Tại nhà, tổ dân phố Vân Côi',
  },
  scan: samplePdf('giay-bao-tu.pdf', 'Giay bao tu'),
}

export const registerCopy: IntakeCase = {
  search: 'trich luc ho tich',
  procedure: 'Bản sao trích lục hộ tịch',
  answers: {
    ...person('Trần Thị Mẫu', '036199999992', '01/12/1999', '0912000111', 'Thôn Vân Cát, xã Kim Thái, Vụ Bản'),
    'declaration/applicantRelation': 'Bản thân',
    'declaration/record/kind': 'Khai sinh',
    'declaration/copies/count': '2',
    'declaration/record/registeredAt': 'UBND thị trấn Gôi',
  },
  scan: samplePdf('to-khai.pdf', 'To khai'),
}

export const morning: readonly IntakeCase[] = [birth, maritalStatus, certifiedCopy, death, registerCopy]
