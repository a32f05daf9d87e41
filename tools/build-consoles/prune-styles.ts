/** The parts of PostCSS's nodes that the plugin touches. */
interface StyleRule {
  selectors: string[]
  remove(): void
}

/** Looks of PatternFly that the consoles do not offer, its icon font and its fonts: a third of the style sheets. */
const unused = /pf-v6-theme-(?:felt|glass|high-contrast)|pf-v6-pficon-|pf-v6-m-(?:thinking|ai-indicator)/

/** PostCSS plugin: leaves out rules for looks that are never switched on, and fonts that are never used. */
export function pruneStyles() {
  return {
    postcssPlugin: 'driftlock-prune-styles',
    Rule(rule: StyleRule): void {
      const kept = rule.selectors.filter((selector) => !unused.test(selector))
      if (kept.length === rule.selectors.length) return
      if (kept.length === 0) rule.remove()
      else rule.selectors = kept
    },
    AtRule: {
      'font-face': (rule: { remove(): void }): void => {
        rule.remove()
      },
    },
  }
}
