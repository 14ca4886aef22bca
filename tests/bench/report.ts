import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Figure } from './figures/figure.ts'
import { root } from './world/root.ts'

export interface Failed {
  readonly part: string
  readonly message: string
}

export interface Report {
  readonly dossiers: number
  readonly events: number
  readonly bytes: number
  readonly figures: readonly Figure[]
  readonly failed: readonly Failed[]
  readonly loadBefore: number
}

/** Where and on what the figures were taken; without it they mean nothing. */
function machine(loadBefore: number) {
  const git = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' })
  return {
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.cpus().length,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()}`,
    node: process.version,
    electron: fs.readFileSync(path.join(root, 'node_modules', 'electron', 'dist', 'version'), 'utf8').trim(),
    commit: git.stdout.trim(),
    at: new Date().toISOString(),
    loadBefore: Number(loadBefore.toFixed(1)),
    loadAfter: Number((os.loadavg()[0] ?? 0).toFixed(1)),
  }
}

export function writeReport(report: Report): void {
  const { figures, failed, dossiers, events, bytes } = report
  const about = { ...machine(report.loadBefore), dossiers, events, bytes }
  const file = path.join(root, 'out', 'bench.json')
  fs.writeFileSync(file, `${JSON.stringify({ figures, failed, machine: about }, undefined, 2)}\n`)
  console.log(`\n${table(figures)}\n`)
  for (const { part, message } of failed) console.log(`FAILED: ${part}: ${message}`)
  console.log(`${summary(report, about)}\n\nWritten to ${path.relative(root, file)}`)
}

function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.id,
    figure.what,
    `${shown(figure.p50)} ${figure.unit}`,
    `${shown(figure.p95)} ${figure.unit}`,
    `${figure.rounds} × ${figure.samples / figure.rounds}`,
    ratios(figure),
  ])
  const all = [['figure', 'what', 'p50', 'p95', 'rounds', 'against'], ...rows]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length))) ?? []
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function ratios({ vs }: Figure): string {
  return Object.entries(vs ?? {})
    .map(([peer, ratio]) => `${shown(ratio)} × ${peer}`)
    .join(', ')
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)))
}

/** To be pasted into the README. */
function summary({ figures, dossiers, events }: Report, about: ReturnType<typeof machine>): string {
  const lines = figures.map((figure) => {
    return `| \`${figure.id}\` | ${figure.what} | ${shown(figure.p50)} | ${shown(figure.p95)} | ${figure.unit} | ${ratios(figure)} |`
  })
  return [
    `${dossiers} dossiers, ${events} events; ${about.cpu}, ${about.cores} cores, ${about.memoryGb} GB, ${about.system},`,
    `Electron ${about.electron}, load ${about.loadBefore} before the run; \`npm run bench -- --dossiers ${dossiers}\`.`,
    '',
    '| Figure | What | p50 | p95 | Unit | Against |',
    '|---|---|---|---|---|---|',
    ...lines,
  ].join('\n')
}
