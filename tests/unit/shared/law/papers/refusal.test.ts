import { describe, expect, it } from 'vitest'
import { refusal } from '../../../../../shared/law/papers/refusal.ts'
import { refusalPaperOf } from '../../../../../shared/law/papers/refusal-paper.ts'
import { receivedDossier, refusedDossier, sampleProcedure, sampleUnit } from '../../../../harness/sample-dossiers.ts'
import { wordsOf } from './paper-text.ts'

const goi = sampleUnit('goi', '0228 3820 123')
const birth = sampleProcedure('1.001193')

function printed(reason: string, at?: string) {
  const facts = refusalPaperOf(refusedDossier(reason, at), goi, birth, 'Nguyễn Thị Khánh Linh')
  if (!facts) throw new Error('no refusal')
  const paper = refusal(facts)
  return { paper, words: wordsOf(paper) }
}

describe('refusal (Mẫu số 03)', () => {
  it('states every field of the form', () => {
    const { words } = printed('Hồ sơ không thuộc thẩm quyền.\n\nĐề nghị nộp tại xã Minh Thuận.')
    for (const said of [
      'UBND THỊ TRẤN GÔI',
      'PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ',
      'Tiếp nhận hồ sơ của: Vũ Thị Thảo. Số định danh: 036190012345',
      'Nội dung yêu cầu giải quyết: Đăng ký khai sinh',
      'Thời gian xem xét hồ sơ: 09 giờ 10 phút, thứ Tư, ngày 17/08/2022',
      'Qua xem xét, Bộ phận tiếp nhận và trả kết quả thị trấn Gôi thông báo không tiếp nhận, giải quyết hồ sơ này',
      'Hồ sơ không thuộc thẩm quyền. Đề nghị nộp tại xã Minh Thuận.',
      'Cần hỏi thêm, xin gọi 0228 3820 123',
      'NGƯỜI NỘP HỒ SƠ',
      'Nguyễn Thị Khánh Linh',
      'Mẫu số 03, Thông tư 01/2018/TT-VPCP',
    ]) {
      expect(words).toContain(said)
    }
    expect(words).not.toContain('Mã hồ sơ')
  })

  it('changes its circular with the date and names its file without personal data', () => {
    const { paper, words } = printed('Không đủ', '2025-09-15T02:00:00.000Z')
    expect(words).toContain('Mẫu số 03, Thông tư 03/2025/TT-VPCP')
    expect(paper.fileName).toBe('tu-choi-2025-09-15-00c0de')
  })

  it('is given for a refused intake only', () => {
    expect(refusalPaperOf(receivedDossier(), goi, birth, 'Nguyễn Thị Khánh Linh')).toBeUndefined()
  })
})
