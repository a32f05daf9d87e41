import { preference, rememberPreference } from '../language/preference.ts'

export const themes = ['system', 'light', 'dark'] as const

export type Theme = (typeof themes)[number]

const darkClass = 'pf-v6-theme-dark'
const systemIsDark = () => matchMedia('(prefers-color-scheme: dark)')

/** The theme chosen before; the system's where none was chosen. */
export function chosenTheme(): Theme {
  const value = preference('theme')
  return themes.find((theme) => theme === value) ?? 'system'
}

export function applyTheme(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && systemIsDark().matches)
  document.documentElement.classList.toggle(darkClass, dark)
}

export function chooseTheme(theme: Theme): void {
  rememberPreference('theme', theme)
  applyTheme(theme)
}

/** Applies the chosen theme and follows the system's while that is the choice. */
export function followTheme(): void {
  applyTheme(chosenTheme())
  systemIsDark().addEventListener('change', () => {
    applyTheme(chosenTheme())
  })
}
