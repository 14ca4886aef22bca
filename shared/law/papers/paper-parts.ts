import type { Instant } from '../../core/time.ts'
import { html, type SafeHtml } from './html.ts'
import type { PaperApplicant } from './paper-applicant.ts'
import type { PaperHeader } from './paper-header.ts'
import { momentInWords } from './paper-words.ts'

/** The sheet of every paper: a table, because only a table head is repeated on each printed page. */
export function sheet(header: PaperHeader, numberLine: SafeHtml, content: SafeHtml): SafeHtml {
  return html`<table class="sheet">
<thead><tr><td>
<div class="header">
<div class="authority"><p>${header.authorityName}</p><p class="desk">${header.deskName}</p><p>${numberLine}</p></div>
<div class="nation"><p class="country">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p class="motto">Độc lập - Tự do - Hạnh phúc</p><p class="dated">${header.placeAndDate}</p></div>
</div>
</td></tr></thead>
<tbody><tr><td>${content}</td></tr></tbody>
</table>
`
}

/** "Label: value" on its own line; nothing when there is no value. */
export function line(label: string, value: SafeHtml | string | undefined): SafeHtml | undefined {
  return value === undefined || value === ''
    ? undefined
    : html`<p class="line">${label}: ${value}</p>
`
}

/** A number to be read in one piece. */
export function whole(text: string): SafeHtml {
  return html`<span class="whole">${text}</span>`
}

/** Several short facts on one line: "Số điện thoại: … · Email: …". */
export function facts(
  ...pairs: readonly (readonly [label: string, value: string | undefined])[]
): SafeHtml | undefined {
  const present = pairs.filter(([, value]) => value)
  if (present.length === 0) return undefined
  return html`<p class="line">${present.map(([label, value]) => html`<span class="fact">${label}: ${value}</span> `)}</p>
`
}

export function applicantLines(label: string, applicant: PaperApplicant): SafeHtml {
  const { name, identity, representative, address, phone, email } = applicant
  const named = html`<strong>${name}</strong>${identity ? html`. ${whole(identity)}` : undefined}`
  return html`${line(label, named)}${line('Người đại diện', representative)}${line('Địa chỉ', address)}${facts(['Số điện thoại', phone], ['Email', email])}`
}

export function reprintMark(reprintedAt: Instant | undefined, correctedAt?: Instant): SafeHtml | undefined {
  if (!reprintedAt) return undefined
  const corrected = correctedAt ? `. Thông tin đã sửa lúc ${momentInWords(correctedAt)}` : ''
  return html`<p class="reprint">BẢN IN LẠI, lúc ${momentInWords(reprintedAt)}${corrected}</p>
`
}

/** Both sides sign; the officer's name is printed, the other side writes theirs. */
export function signatures(left: string, right: string, rightName: string): SafeHtml {
  return html`<div class="signatures">
<div><p class="role">${left}</p><p class="how">(Ký, ghi rõ họ tên)</p></div>
<div><p class="role">${right}</p><p class="how">(Ký, ghi rõ họ tên)</p><p class="signer">${rightName}</p></div>
</div>
`
}
