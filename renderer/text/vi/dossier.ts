export const dossier = { title: '' } as const
