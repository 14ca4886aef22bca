import { describe, expect, it } from 'vitest'
import { receipt } from '../../../../../shared/law/papers/receipt.ts'
import { receiptPaperOf } from '../../../../../shared/law/papers/receipt-paper.ts'
import {
  birthApplicant,
  birthReception,
  certifiedApplicant,
  certifiedReception,
  crowdedReception,
  receivedDossier,
  refusedDossier,
  sampleProcedure,
  sampleUnit,
} from '../../../../harness/sample-dossiers.ts'
import { fakeQr, wordsOf } from './paper-text.ts'

const goi = sampleUnit('goi', '0228 3820 123')
const birth = sampleProcedure('1.001193')
const staff = 'Nguyễn Thị Khánh Linh'

function printed(dossier = receivedDossier(), procedure = birth, unit = goi, reprintedAt?: string) {
  const facts = receiptPaperOf(dossier, unit, procedure, staff, reprintedAt)
  if (!facts) throw new Error('no receipt')
  const paper = receipt(facts, fakeQr)
  return { paper, words: wordsOf(paper) }
}

describe('receipt (Mẫu số 01)', () => {
  it('states every field of the form', () => {
    const { words } = printed()
    for (const said of [
      'UBND THỊ TRẤN GÔI BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ Số: 220817-0048/TNHS',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Gôi, ngày 17 tháng 8 năm 2022',
      'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ Mã hồ sơ: 000.01.18.H40-220817-0048',
      'Tiếp nhận hồ sơ của: Vũ Thị Thảo. Số định danh: 036190012345',
      'Địa chỉ: Tổ dân phố Tây Côi Sơn, thị trấn Gôi, huyện Vụ Bản, tỉnh Nam Định',
      'Số điện thoại: 0912 345 678',
      'Nội dung yêu cầu giải quyết: Đăng ký khai sinh. Trẻ được khai sinh: Trần Minh Khôi',
      'STT Tên giấy tờ Hình thức Số lượng',
      '1 Tờ khai đăng ký khai sinh Bản chính 01',
      '2 Giấy chứng sinh Bản chính Bản sao 01 02',
      '3 Giấy tờ tùy thân của người yêu cầu Xuất trình 01',
      '4 Giấy chứng nhận kết hôn của cha, mẹ Tra cứu CSDL –',
      'Số lượng hồ sơ: 01 (bộ)',
      'Thời gian giải quyết theo quy định: trong ngày; nhận sau 15 giờ thì trả ngày làm việc tiếp theo',
      'Thời gian nhận hồ sơ: 08 giờ 05 phút, thứ Tư, ngày 17/08/2022',
      'Phí, lệ phí: bản sao trích lục: 2 × 8.000 = 16.000 đồng (Mười sáu nghìn đồng)',
      'Hẹn trả kết quả: 17 giờ 00 phút, thứ Tư, ngày 17/08/2022',
      'Đăng ký nhận kết quả tại: Bộ phận tiếp nhận và trả kết quả thị trấn Gôi',
      'Quyển số',
      'NGƯỜI NỘP HỒ SƠ',
      'NGƯỜI TIẾP NHẬN HỒ SƠ (Ký, ghi rõ họ tên) Nguyễn Thị Khánh Linh',
      'hoặc gọi 0228 3820 123 , đọc số 220817-0048',
      'Mã hồ sơ này là chính thức, kể cả khi in lúc mất mạng.',
      'Mẫu số 01, Thông tư 01/2018/TT-VPCP',
    ]) {
      expect(words).toContain(said)
    }
  })

  it('groups the digits of a phone that was typed in one run', () => {
    const dossier = receivedDossier()
    const { words } = printed({ ...dossier, applicant: { ...dossier.applicant, phone: '0912345678' } })
    expect(words).toContain('Số điện thoại: 0912 345 678')
  })

  it('leaves out what was not needed, what is not known and every mark of a reprint', () => {
    const { words } = printed(receivedDossier({}, { kind: 'person', name: 'Vũ Thị Thảo' }), birth, sampleUnit('goi'))
    for (const unsaid of ['mang thai hộ', 'Địa chỉ', 'Số định danh', 'Email', 'hoặc gọi', 'undefined', 'IN LẠI']) {
      expect(words).not.toContain(unsaid)
    }
  })

  it('names the delegate and sends by post', () => {
    const { words } = printed(receivedDossier(crowdedReception))
    expect(words).toContain('Người nộp (được ủy quyền): Nguyễn Thị Khánh Huyền Số định danh: 036190012399')
    expect(words).toContain('Theo: Giấy ủy quyền ngày 10/08/2022')
    expect(words).toContain('Đăng ký nhận kết quả tại: Qua dịch vụ bưu chính công ích, theo địa chỉ trên')
    expect(words).toContain('đã đối chiếu')
    expect(words).toContain('24 Giấy tờ thứ 24:')
  })

  it('states the facts of a certification, on the papers of the new circular, for an organisation', () => {
    const dossier = receivedDossier(certifiedReception, certifiedApplicant)
    const { paper, words } = printed(dossier, sampleProcedure('2.000815', '2025-10-20'), sampleUnit('xa-vu-ban'))
    expect(paper.version).toBe('tt-03-2025')
    for (const said of [
      'Công ty TNHH Một thành viên Cơ khí Gôi. Mã số thuế: 0600123456 Người đại diện: Phạm Văn Quyết',
      'Loại giấy tờ: Bằng tốt nghiệp trung học phổ thông Số trang: 12 Số bản: 3 Ký bản điện tử: Có',
      'Phí, lệ phí: 3 bản × 14.000 = 42.000 đồng (Bốn mươi hai nghìn đồng)',
      'Trung tâm phục vụ hành chính công xã Vụ Bản',
      'Mẫu số 01, Thông tư 03/2025/TT-VPCP',
    ]) {
      expect(words).toContain(said)
    }
  })

  it('says when nothing is due and why', () => {
    expect(printed(receivedDossier({ fee: { amountVnd: 0 } })).words).toContain('Phí, lệ phí: Không thu.')
    const exempt = receivedDossier({ fee: { amountVnd: 0, exemption: 'Hộ nghèo' } })
    expect(printed(exempt).words).toContain('Không thu. Lý do miễn, giảm: Hộ nghèo.')
  })

  it('prints the amount that was decided, and its parts only while they add up to it', () => {
    const { words } = printed(receivedDossier({ fee: { amountVnd: 50_000 } }))
    expect(words).toContain('Phí, lệ phí: 50.000 đồng (Năm mươi nghìn đồng)')
  })

  it('repeats no notes that the catalogue has for officers', () => {
    const { words } = printed(receivedDossier(), sampleProcedure('3.000722', '2026-11-23'))
    expect(words).toContain('theo ngày hẹn trả ghi dưới đây')
    expect(words).not.toContain('Chưa xác minh')
  })

  it('does not name the subject twice when it is the applicant', () => {
    const own = receivedDossier({ declaration: { 'child.name': 'VŨ THỊ THẢO', 'mother.name': 'Trần Thị Hoa' } })
    expect(printed(own).words).not.toContain('Trẻ được khai sinh')
  })

  it('marks a reprint and keeps the number', () => {
    const { paper, words } = printed(receivedDossier(), birth, goi, '2022-08-18T02:00:00.000Z')
    expect(words).toContain('BẢN IN LẠI, lúc 09 giờ 00 phút, thứ Năm, ngày 18/08/2022')
    expect(words).toContain('Mã hồ sơ: 000.01.18.H40-220817-0048')
    expect(paper.fileName).toBe('000.01.18.H40-220817-0048-in-lai')
  })

  it('says on a reprint that its content was corrected, and not on the first print', () => {
    const corrected = { ...receivedDossier(), receiptChangedAt: '2022-08-18T01:30:00.000Z' }
    expect(printed(corrected, birth, goi, '2022-08-18T02:00:00.000Z').words).toContain(
      'Thông tin đã sửa lúc 08 giờ 30 phút, thứ Năm, ngày 18/08/2022',
    )
    expect(printed(corrected).words).not.toContain('Thông tin đã sửa')
  })

  it('has no script, no style attribute and no address to fetch', () => {
    expect(printed().paper.body).not.toMatch(/<script|\sstyle=|\son[a-z]+=|<link|<img|url\(|https?:/i)
  })

  it('names its file without letters a disk would mind', () => {
    const number = { ...birthReception.number, text: '../H40 / Gôi:1' }
    expect(printed(receivedDossier({ number }, birthApplicant)).paper.fileName).toBe('H40-G-i-1')
  })

  it('is not given for a refused intake', () => {
    expect(receiptPaperOf(refusedDossier('Không thuộc thẩm quyền'), goi, birth, staff)).toBeUndefined()
  })
})
