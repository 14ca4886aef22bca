export const dossier = { title: '' }
