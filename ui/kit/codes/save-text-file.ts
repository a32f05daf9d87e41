/** Lets the browser save a text as a file, without asking the server. */
export function saveTextFile(name: string, text: string): void {
  // The mark makes old editors read the file as UTF-8.
  const url = URL.createObjectURL(new Blob([`\uFEFF${text}`], { type: 'text/plain;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => {
    URL.revokeObjectURL(url)
  }, 1000)
}
