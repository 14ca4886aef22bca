import { dateOf } from '../../core/time.ts'
import { html, type SafeHtml } from './html.ts'
import { fileNameOf, type Paper } from './paper.ts'
import { applicantLines, line, reprintMark, sheet, signatures, whole } from './paper-parts.ts'
import { formReference, getPaperSet } from './paper-set.ts'
import { momentInWords } from './paper-words.ts'
import type { RefusalPaper } from './refusal-paper.ts'

export const refusalTitle = 'Phiếu từ chối tiếp nhận giải quyết hồ sơ'

/** Mẫu số 03: phiếu từ chối tiếp nhận giải quyết hồ sơ (TT 01/2018/TT-VPCP; TT 03/2025/TT-VPCP Phụ lục I). */
export function refusal(paper: RefusalPaper): Paper {
  const { header } = paper
  const content = html`
<h1>PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ</h1>
${reprintMark(paper.reprintedAt)}${applicantLines('Tiếp nhận hồ sơ của', paper.applicant)}${line('Nội dung yêu cầu giải quyết', html`<strong>${paper.procedureName}</strong>`)}${line('Thời gian xem xét hồ sơ', momentInWords(paper.refusedAt))}<p class="line">Qua xem xét, ${paper.deskInWords} thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:</p>
<div class="reason">${paragraphs(paper.reason)}</div>
<p class="line">Xin thông báo cho Ông/Bà được biết và thực hiện.${header.phone ? html` Cần hỏi thêm, xin gọi ${whole(header.phone)}.` : undefined}</p>
<div class="ending">
${signatures('NGƯỜI NỘP HỒ SƠ', 'NGƯỜI TIẾP NHẬN HỒ SƠ', paper.staffName)}<p class="form">${formReference(getPaperSet(paper.version), 'refusal')}.</p>
</div>`
  return {
    meaning: 'refusal',
    version: paper.version,
    title: refusalTitle,
    size: 'A5',
    copies: 1,
    fileName:
      fileNameOf(`tu-choi-${dateOf(paper.refusedAt)}-${paper.dossierId.slice(-6)}`) +
      (paper.reprintedAt ? '-in-lai' : ''),
    body: sheet(header, html`Số: <span class="blank"></span>/TCHS`, content).toString(),
  }
}

function paragraphs(text: string): readonly SafeHtml[] {
  return text
    .split(/\r?\n/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => html`<p>${paragraph}</p>`)
}
