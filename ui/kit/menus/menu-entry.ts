export interface MenuEntry {
  readonly title: string
  readonly onChoose: () => void
  readonly isDanger?: boolean
  /** Set for the one that is in force. */
  readonly isSelected?: boolean
  /** Language of the title, where it is not the page's. */
  readonly language?: string
  /** Set where a line stands above it. */
  readonly beginsGroup?: boolean
}
