import { durationWords } from '@driftlock/domain'
import progress, { type GenericFormatter } from 'cli-progress'
import type { Terminal } from './terminal.ts'

/** Shows how far long work has come. */
export interface Progress {
  /** @param total Absent while it is not known. */
  report(done: number, total?: number): void
  end(): void
}

/**
 * A bar with rate and time left on the error stream, drawn only where that is a terminal: a log or a pipe gets none.
 * @param unit What is counted: "tokens".
 */
export function progressBar({ stderr }: Terminal, what: string, unit: string): Progress {
  if (!stderr.isTTY) return { report: () => {}, end: () => {} }
  const bar = new progress.SingleBar(
    { stream: stderr, hideCursor: true, format: barText(what, unit), fps: 8 },
    progress.Presets.shades_grey,
  )
  let begun = false
  return {
    report(done, total = 0) {
      if (!begun) bar.start(total, 0)
      begun = true
      if (total !== bar.getTotal()) bar.setTotal(total)
      bar.update(done)
    },
    end() {
      if (begun) bar.stop()
    },
  }
}

function barText(what: string, unit: string): GenericFormatter {
  return (options, { progress: share, value, total, startTime }) => {
    const seconds = Math.max(0.001, (Date.now() - startTime) / 1000)
    const rate = value / seconds
    const done = `${count(value)} ${unit}  ${count(rate)}/s`
    if (total === 0) return `${what}  ${done}`
    const left = rate === 0 ? '?' : durationWords(((total - value) / rate) * 1000)
    return `${what}  ${progress.Format.BarFormat(share, options)}  ${count(value)} of ${count(total)} ${unit}  ${count(rate)}/s  ${left} left`
  }
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en')
}
