/** Processor time of this thread since `process.threadCpuUsage()` said `before`, in ms: what waiting for others does not change. */
export function workMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}
