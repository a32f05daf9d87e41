/** Keeps what was chosen by radio buttons of one name, and says it to the style sheet. */
export function keepChoice(name: 'look' | 'theme'): void {
  const buttons = [...document.querySelectorAll<HTMLInputElement>(`input[name=${name}]`)]
  const kept = localStorage.getItem(name)
  const apply = (value: string): void => {
    document.documentElement.dataset[name] = value
    localStorage.setItem(name, value)
  }
  for (const button of buttons) {
    if (button.value === kept) button.checked = true
    if (button.checked) apply(button.value)
    button.addEventListener('change', () => apply(button.value))
  }
}
