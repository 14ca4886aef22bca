// caught by: biome lint/a11y/useAltText
// caught by: biome lint/a11y/useButtonType
// caught by: biome lint/a11y/useKeyWithClickEvents
export function Unreachable() {
  return (
    <div onClick={() => undefined}>
      <img src="stamp.png" />
      <button>Lưu</button>
    </div>
  )
}
