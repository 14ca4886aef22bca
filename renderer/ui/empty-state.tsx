/** One sentence and the next action (R22). */
export function EmptyState({ text }: { readonly text: string }) {
  return <p className="empty">{text}</p>
}
