// caught by: biome lint/nursery/noFloatingPromises
async function save(): Promise<void> {}

export function forget(): void {
  save()
}
