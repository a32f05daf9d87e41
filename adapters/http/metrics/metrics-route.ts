import { BlockList, isIPv6 } from 'node:net'
import type { HttpModule } from '../server/http-module.ts'
import { sendProblem } from '../server/problem.ts'
import type { Metrics } from './login-metrics.ts'

/** `/metrics` for scrapers at these addresses; for everybody else there is nothing there. */
export function metricsRoute(metrics: Pick<Metrics, 'registry'>, scrapers: readonly string[]): HttpModule {
  const allowed = new BlockList()
  for (const network of scrapers) {
    const [address = '', prefix] = network.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (prefix === undefined) allowed.addAddress(address, family)
    else allowed.addSubnet(address, Number(prefix), family)
  }
  return {
    name: 'metrics',
    register(app) {
      app.get('/metrics', async (request, reply) => {
        if (!allowed.check(request.ip, isIPv6(request.ip) ? 'ipv6' : 'ipv4')) return sendProblem(request, reply, 404)
        return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
      })
    },
  }
}
