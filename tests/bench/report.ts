import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Figure } from './figures/figure.ts'
import type { Results } from './results.ts'
import { judge } from './targets.ts'
import { root } from './world/root.ts'

const file = path.join(root, 'out', 'bench.json')

/** Which computer the figures were taken on. */
function machine() {
  return {
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.cpus().length,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()}`,
    node: process.version,
    electron: fs.readFileSync(path.join(root, 'node_modules', 'electron', 'dist', 'version'), 'utf8').trim(),
  }
}

/** What earlier runs left; figures of another form or machine cannot stand beside new ones. */
export function readResults(): Results {
  const nothing: Results = { figures: [], failed: [] }
  try {
    const known = JSON.parse(fs.readFileSync(file, 'utf8')) as Results & { machine: object }
    const fits = known.figures.every((figure) => figure.part !== undefined && figure.measured !== undefined)
    const same = JSON.stringify(known.machine) === JSON.stringify(machine())
    return fits && same ? { figures: known.figures, failed: known.failed } : nothing
  } catch {
    return nothing
  }
}

export function writeResults({ figures, failed }: Results): void {
  const judged = figures.map((figure) => {
    const targets = judge(figure).map(({ words, reached }) => ({ target: words, reached }))
    return targets.length > 0 ? { ...figure, targets } : figure
  })
  fs.writeFileSync(file, `${JSON.stringify({ figures: judged, failed, machine: machine() }, undefined, 2)}\n`)
}

export function printResults({ figures, failed }: Results): void {
  if (figures.length === 0 && failed.length === 0) return
  const rows = figures.map((figure) => [
    figure.id,
    `${shown(figure.p50)} ${figure.unit}`,
    `${shown(figure.p95)} ${figure.unit}`,
    `${figure.rounds} × ${figure.samples / figure.rounds}`,
    ratios(figure),
    ...verdicts(figure),
  ])
  const head = ['figure', 'p50', 'p95', 'rounds', 'against', 'target', 'reached']
  console.log(`\n${aligned([head, ...rows])}\n`)
  for (const { part, message } of failed) console.log(`FAILED: ${part}: ${message}`)
  console.log(`${forReadme({ figures, failed })}\n\nWritten to ${path.relative(root, file)}`)
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? []
  const padded = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')
  return rows.map((row) => padded(row).trimEnd()).join('\n')
}

function ratios({ vs, compared }: Figure): string {
  const all = Object.entries(vs ?? {}).map(([peer, ratio]) => `${shown(ratio)} × ${peer}`)
  return all.length > 0 ? `${compared}: ${all.join(', ')}` : ''
}

/** Target and whether it was reached, as two cells. */
function verdicts(figure: Figure): readonly [string, string] {
  const judged = judge(figure)
  const words = judged.map((each) => each.words)
  return [words.join('; '), judged.map(({ reached }) => (reached ? 'yes' : 'NO')).join('; ')]
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)))
}

/** To be pasted into the README. */
function forReadme({ figures }: Results): string {
  const about = machine()
  const sizes = [...new Set(figures.map(({ measured }) => measured.dossiers))]
  const loads = figures.map(({ measured }) => measured.loadBefore)
  const lines = figures.map((figure) => {
    const cells = [figure.what, shown(figure.p50), shown(figure.p95), figure.unit, ratios(figure), ...verdicts(figure)]
    return `| \`${figure.id}\` | ${cells.join(' | ')} |`
  })
  return [
    `${sizes.join(' and ')} dossiers, about five events each; ${about.cpu}, ${about.cores} cores, ${about.memoryGb} GB,`,
    `${about.system}, Electron ${about.electron}; load before each part ${Math.min(...loads)}–${Math.max(...loads)}.`,
    '',
    '| Figure | What | p50 | p95 | Unit | Against | Target | Reached |',
    '|---|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n')
}
