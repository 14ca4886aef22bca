import { clockTimeOf, dateOf, type Instant } from '../../shared/core/time.ts'
import type { Incident } from '../store/incidents.ts'
import type { Overview } from '../store/overview.ts'

export interface DistrictFacts {
  readonly name: string
  readonly epoch: string
  readonly now: Instant
}

/** The status page: plain HTML, no script, nothing from elsewhere. */
export function renderStatus(overview: Overview, { name, epoch, now }: DistrictFacts): string {
  const desks = overview.desks.map((desk) => [
    desk.unitName,
    desk.name,
    desk.lane,
    desk.retired ? 'Đã thu hồi' : desk.lastContactAt ? momentText(desk.lastContactAt) : 'Chưa liên lạc',
  ])
  const units = overview.units.map((unit) => [
    unit.unitName,
    ...[unit.dossiers, unit.events, unit.refused, unit.attachments].map(countText),
  ])
  const incidents = overview.incidents.map((incident) => [
    momentText(incident.lastAt),
    incident.unitName,
    wordsOf(incident.code),
    incident.subject,
    countText(incident.times),
  ])
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Một Cửa – ${escapeHtml(name)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/status.css"></head>
<body><main>
<h1>${escapeHtml(name)}</h1>
<p>Máy chủ đang hoạt động · ${momentText(now)} · cơ sở dữ liệu ${sizeText(overview.databaseBytes)} · đời dữ liệu ${escapeHtml(epoch.slice(0, 8))}</p>
<h2>Các bàn tiếp nhận</h2>
${table(['Đơn vị', 'Bàn', 'Dải số', 'Liên lạc gần nhất'], desks, 'Chưa có bàn nào ghi danh.')}
<h2>Các đơn vị</h2>
${table(['Đơn vị', 'Hồ sơ', 'Sự kiện', 'Đã trả lại', 'Bản quét'], units, 'Chưa có dữ liệu.')}
<h2>Việc cần xem xét</h2>
${table(['Lúc', 'Đơn vị', 'Việc', 'Vị trí', 'Số lần'], incidents, 'Không có.')}
</main></body></html>
`
}

const incidentWords: Readonly<Record<Incident['code'], string>> = {
  'chain/gap': 'Chuỗi sự kiện của bàn bị thiếu',
  'chain/fork': 'Hai sự kiện khác nhau ở cùng một vị trí',
  'chain/broken-link': 'Chuỗi sự kiện không nối tiếp',
  'chain/body-mismatch': 'Nội dung sự kiện không khớp với chuỗi',
  'chain/bad-head-signature': 'Chữ ký của bàn trên chuỗi không đúng',
  'event/altered': 'Sự kiện gửi lại với nội dung khác',
  'event/foreign': 'Sự kiện không phải của bàn đã gửi',
  'event/unjudgeable': 'Sự kiện không xét được, đã trả lại',
  'event/left-parked': 'Việc của bàn đã thu hồi còn chờ việc trước nó',
  'desk/may-have-unsent': 'Bàn đã thu hồi, có thể còn việc chưa gửi',
}

function wordsOf(code: string): string {
  return Object.hasOwn(incidentWords, code) ? incidentWords[code as Incident['code']] : code
}

export const statusStyle = `body{margin:0;background:#f6f7f9;color:#1c2430;font:16px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:2rem 1.5rem}
h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
table{width:100%;border-collapse:collapse;background:#fff;border:1px solid #d9dee5}
th,td{text-align:left;padding:.45rem .75rem;border-bottom:1px solid #e6eaef}
th{background:#eef1f5;font-weight:600}td{font-variant-numeric:tabular-nums}
`

function table(head: readonly string[], rows: readonly (readonly string[])[], empty: string): string {
  if (rows.length === 0) return `<p>${empty}</p>`
  const headCells = head.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join('')
  const bodyRows = rows.map((row) => `<tr>${row.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`)
  return `<table><thead><tr>${headCells}</tr></thead>\n<tbody>${bodyRows.join('\n')}</tbody></table>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

function momentText(instant: Instant): string {
  return `${clockTimeOf(instant)} ${dateOf(instant).split('-').reverse().join('/')}`
}

function countText(count: number): string {
  return count.toLocaleString('vi-VN')
}

function sizeText(bytes: number): string {
  return `${(bytes / 1_048_576).toLocaleString('vi-VN', { maximumFractionDigits: 1 })} MB`
}
