/** Font files the style sheet asks for, by the name under `fonts/`. */
export const paperFontNames = ['regular', 'bold', 'italic'] as const
export type PaperFontName = (typeof paperFontNames)[number]

/**
 * How papers look. One embedded serif, so that a reprint in ten years breaks its lines as the first print did; one
 * whole file a face, because split web fonts leave holes in the text that archives extract ("Giấ y").
 */
export const paperCss = `
@font-face { font-family: 'Paper Serif'; font-weight: 400; font-style: normal; font-display: swap; src: url('fonts/regular.ttf') format('truetype'); }
@font-face { font-family: 'Paper Serif'; font-weight: 700; font-style: normal; font-display: swap; src: url('fonts/bold.ttf') format('truetype'); }
@font-face { font-family: 'Paper Serif'; font-weight: 400; font-style: italic; font-display: swap; src: url('fonts/italic.ttf') format('truetype'); }

@page { size: 148mm 210mm; margin: 9mm 10mm 8mm 11mm; }

* { box-sizing: border-box; }
html, body { margin: 0; padding: 0; background: #fff; color: #000; }
body {
  font: 400 9pt/1.32 'Paper Serif', serif;
  font-synthesis: none;
  font-variant-ligatures: none;
  overflow-wrap: anywhere;
}
p, h1 { margin: 0; }
em { font-style: italic; }
strong { font-weight: 700; }

/* Printers draw a little narrower than the page says: 1 mm inside on both sides keeps the table borders. */
.sheet { width: 100%; border-collapse: collapse; table-layout: fixed; }
.sheet > thead > tr > td, .sheet > tbody > tr > td { padding: 0 1mm; vertical-align: top; }
.sheet > thead { display: table-header-group; }

.header { display: flex; gap: 3mm; text-align: center; font-size: 8.2pt; line-height: 1.3; padding-bottom: 3.5mm; }
.authority { flex: 1 1 0; }
.nation { flex: 0 0 auto; }
.desk, .country, .motto { font-weight: 700; }
.desk { text-decoration: underline; text-underline-offset: 0.7mm; text-decoration-thickness: 0.2mm; }
.motto { text-decoration: underline; text-underline-offset: 0.9mm; text-decoration-thickness: 0.2mm; }
h1, .desk { text-wrap: balance; }
.authority p + p + p, .dated { margin-top: 0.8mm; }
.dated { font-style: italic; }

h1 { margin-bottom: 2mm; font-size: 12pt; line-height: 1.25; font-weight: 700; text-align: center; }
.number { margin-top: -1.2mm; text-align: center; font-size: 10pt; }
.part { text-align: center; font-style: italic; font-size: 7.8pt; margin-bottom: 1.6mm; }
.reprint { width: fit-content; margin: 0 auto 1.6mm; padding: 0.4mm 2.5mm; border: 0.3mm solid #000; font-weight: 700; font-size: 8.2pt; }

.line { margin-top: 0.9mm; }
/* Broken across lines only when it is longer than a line. */
.whole, .fact { display: inline-block; max-width: 100%; }
.fact { margin-right: 4mm; }
.blank { display: inline-block; width: 18mm; border-bottom: 0.2mm dotted #000; }

.documents { width: 100%; margin: 1.6mm 0 0.6mm; border-collapse: collapse; font-size: 8.4pt; line-height: 1.25; }
.documents > thead { display: table-header-group; }
.documents tr { break-inside: avoid; }
.documents th, .documents td { border: 0.25mm solid #000; padding: 0.5mm 1.4mm; vertical-align: top; text-align: left; }
.documents th { font-weight: 700; white-space: nowrap; }
.documents .ordinal { width: 9mm; text-align: center; }
.documents .taken-as { width: 26mm; }
.documents .quantity { width: 17mm; text-align: center; }

.appointment { margin: 1.8mm 0 1mm; padding: 1.6mm 2.6mm; border: 0.3mm solid #000; font-size: 10pt; break-inside: avoid; }
.appointment p + p { font-size: 9pt; margin-top: 0.5mm; }
.reason { box-decoration-break: clone; -webkit-box-decoration-break: clone; margin: 1.5mm 0; padding: 1.6mm 2.6mm; border: 0.3mm solid #000; }
.reason p + p { margin-top: 0.8mm; }

.ending { break-inside: avoid; }
.signatures { display: flex; margin-top: 2mm; text-align: center; }
.signatures > div { flex: 1 1 0; }
.signatures .role { font-weight: 700; }
.signatures .how { font-style: italic; font-size: 8.2pt; }
.signatures .signer { margin-top: 13mm; font-weight: 700; }

.scan { display: flex; align-items: center; gap: 3mm; margin-top: 1mm; font-size: 8.4pt; line-height: 1.35; }
.scan > div { flex: 1 1 0; }
.qr { flex: 0 0 auto; width: 24mm; height: 24mm; margin: -1mm 0 -1mm -2mm; }
.form { font-style: italic; font-size: 7.4pt; margin-top: 0.8mm; }
`
