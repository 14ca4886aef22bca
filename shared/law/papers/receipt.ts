import { formatPhone } from '../field-formats.ts'
import { html, type SafeHtml } from './html.ts'
import { fileNameOf, type Paper } from './paper.ts'
import type { PaperDocument } from './paper-documents.ts'
import { applicantLines, facts, line, reprintMark, sheet, signatures, whole } from './paper-parts.ts'
import { formReference, getPaperSet } from './paper-set.ts'
import { momentInWords, vndText } from './paper-words.ts'
import { type QrMatrix, qrSvg } from './qr-svg.ts'
import { type ReceiptPaper, receiptCopies } from './receipt-paper.ts'

export const receiptTitle = 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả'

/**
 * Mẫu số 01: giấy tiếp nhận hồ sơ và hẹn trả kết quả (TT 01/2018/TT-VPCP; TT 03/2025/TT-VPCP Phụ lục I).
 * @param qr the code of `paper.number`
 */
export function receipt(paper: ReceiptPaper, qr: QrMatrix): Paper {
  const content = html`
<h1>GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ</h1>
<p class="number">Mã hồ sơ: <strong>${paper.number}</strong></p>
<p class="part">(Liên: Lưu/giao khách hàng)</p>
${reprintMark(paper.reprintedAt, paper.correctedAt)}${applicantLines('Tiếp nhận hồ sơ của', paper.applicant)}${delegateLine(paper)}${line('Nội dung yêu cầu giải quyết', requestText(paper))}${facts(...paper.certification.map(({ label, value }) => [label, value] as const))}${documentsTable(paper.documents)}${line('Số lượng hồ sơ', `${String(paper.sets).padStart(2, '0')} (bộ)`)}${line('Thời gian giải quyết theo quy định', paper.processing)}${line('Thời gian nhận hồ sơ', momentInWords(paper.receivedAt))}${line('Phí, lệ phí', feeText(paper))}<div class="appointment">
<p>Hẹn trả kết quả: <strong>${momentInWords(paper.dueAt)}</strong></p>
<p>Đăng ký nhận kết quả tại: ${paper.collectFrom}</p>
</div>
<p class="line">Vào Sổ theo dõi hồ sơ: Quyển số <span class="blank"></span> Số thứ tự <span class="blank"></span></p>
<div class="ending">
${signatures('NGƯỜI NỘP HỒ SƠ', 'NGƯỜI TIẾP NHẬN HỒ SƠ', paper.staffName)}<div class="scan">
${qrSvg(qr)}<div><p>${askingText(paper)}</p>
<p>Mã hồ sơ này là chính thức, kể cả khi in lúc mất mạng.</p>
<p class="form">${formReference(getPaperSet(paper.version), 'receipt')}. Giấy lập thành 02 liên: 01 liên giao người nộp, 01 liên lưu kèm hồ sơ.</p></div>
</div>
</div>`
  return {
    meaning: 'receipt',
    version: paper.version,
    title: `${receiptTitle} ${paper.number}`,
    size: 'A5',
    copies: paper.reprintedAt ? 1 : receiptCopies,
    fileName: fileNameOf(paper.number) + (paper.reprintedAt ? '-in-lai' : ''),
    body: sheet(paper.header, html`Số: ${paper.shortNumber}/TNHS`, content).toString(),
  }
}

function delegateLine({ delegate }: ReceiptPaper): SafeHtml | undefined {
  if (!delegate) return undefined
  const { name, personalId, phone, authority } = delegate
  return html`${line('Người nộp (được ủy quyền)', html`<strong>${name}</strong>`)}${facts(['Số định danh', personalId], ['Số điện thoại', phone && formatPhone(phone)], ['Theo', authority])}`
}

function requestText({ procedureName, subject }: ReceiptPaper): SafeHtml {
  return html`<strong>${procedureName}</strong>${subject ? html`. <span class="whole">${subject.label}: <strong>${subject.value}</strong></span>` : undefined}`
}

function documentsTable(documents: readonly PaperDocument[]): SafeHtml {
  if (documents.length === 0)
    return html`<p class="line">Thành phần hồ sơ: không nộp giấy tờ.</p>
`
  return html`<table class="documents">
<thead><tr><th class="ordinal">STT</th><th>Tên giấy tờ</th><th class="taken-as">Hình thức</th><th class="quantity">Số lượng</th></tr></thead>
<tbody>
${documents.map(documentRow)}</tbody>
</table>
`
}

function documentRow({ name, note, forms }: PaperDocument, index: number): SafeHtml {
  return html`<tr><td class="ordinal">${index + 1}</td><td>${name}${note ? html` <em>(${note})</em>` : undefined}</td><td class="taken-as">${forms.map(({ form }) => html`<p>${form}</p>`)}</td><td class="quantity">${forms.map(({ quantity }) => html`<p>${quantity}</p>`)}</td></tr>
`
}

function feeText({ fee }: ReceiptPaper): SafeHtml {
  const exemption = fee.exemption ? html` Lý do miễn, giảm: ${fee.exemption}.` : undefined
  if (fee.amountVnd === 0) return html`<strong>Không thu.</strong>${exemption}`
  const reckoning = fee.parts.length > 0 ? html`${fee.parts.join(' + ')} = ` : undefined
  return html`${reckoning}<strong>${vndText(fee.amountVnd)}</strong> <em>(${fee.amountInWords})</em>${exemption}`
}

function askingText({ header, shortNumber }: ReceiptPaper): SafeHtml {
  const call = header.phone ? html` hoặc gọi ${whole(header.phone)}` : undefined
  return html`Khi hỏi hoặc nhận kết quả, đưa giấy này cho cán bộ quét mã${call}, đọc số <strong>${shortNumber}</strong>.`
}
