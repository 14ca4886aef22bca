// caught by: tsc TS2584
export function title(): string {
  return document.title
}
