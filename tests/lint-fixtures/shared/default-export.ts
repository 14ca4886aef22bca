// caught by: biome lint/style/noDefaultExport
export default function nameless(): void {}
