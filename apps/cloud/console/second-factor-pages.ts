import { ApplicationError, chooseSecondFactor, dropSecondFactor } from '@driftlock/application'
import { AddressBudget, ApiError, type Html, html } from '@driftlock/http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Admitted } from '../admin-api/administrator-door.ts'
import { type ConsoleParts, formField, goTo, noteOf, sendPage, signedIn } from './exchange.ts'
import { field, form } from './parts.ts'

const PATH = '/second-factor'
const TOKENCODE = field({ name: 'tokencode', label: 'Tokencode', autocomplete: 'one-time-code', maxlength: 16 })

/** One's own second factor: the app of a user, proven by a code that it shows. */
export function secondFactorPages(app: FastifyInstance, parts: ConsoleParts): void {
  const { cloud, options } = parts
  const budget = new AddressBudget({ perMinute: options.logOnsPerAddressAndMinute, clock: cloud.clock })
  const admit = async (request: FastifyRequest): Promise<Admitted> => {
    const admitted = await signedIn(parts, request)
    if (budget.isSpent(request.ip)) throw new ApiError('TOO_MANY_REQUESTS', { retryAfterSeconds: 60 })
    budget.spend(request.ip)
    return admitted
  }
  const page = async (reply: FastifyReply, { administrator }: Admitted, said: { done?: string; failure?: string }) => {
    const { companyId, secondFactorUserId: userId } = administrator
    const company = companyId === null ? undefined : await cloud.cloud.read.company(companyId)
    const user = userId === null ? undefined : await cloud.cloud.read.user(userId)
    const body = userId === null ? chooseForm(company?.name) : dropForm(user?.attribute ?? 'a user who was deleted')
    return sendPage(reply, { administrator }, { title: 'Second factor', ...said, body })
  }
  app.get(PATH, async (request, reply) => {
    const done = noteOf(request)
    return page(reply, await signedIn(parts, request), done === undefined ? {} : { done })
  })
  app.post(PATH, async (request, reply) => {
    const admitted = await admit(request)
    const { administrator, context } = admitted
    const tokencode = formField(request, 'tokencode').trim()
    const user = { company: formField(request, 'company'), userName: formField(request, 'userName') }
    try {
      if (administrator.secondFactorUserId === null)
        await chooseSecondFactor(cloud, context, { administratorId: administrator.id, ...user, tokencode })
      else await dropSecondFactor(cloud, context, { administrator, tokencode })
    } catch (error) {
      if (!(error instanceof ApplicationError) || error.code !== 'NOT_AUTHORISED') throw error
      return page(reply.code(422), admitted, { failure: REFUSED })
    }
    return goTo(reply, PATH, 'saved')
  })
}

const REFUSED =
  'There is no app of such a user, or it does not show this tokencode. Wait for the next one and try again.'

function chooseForm(companyName: string | undefined): Html {
  const fields = [
    field({
      name: 'company',
      label: 'Company',
      help: 'Its short name.',
      ...(companyName !== undefined && { value: companyName }),
    }),
    field({ name: 'userName', label: 'User', help: 'Who the app is registered for.' }),
    TOKENCODE,
  ]
  return html`<p>With a second factor, you log on with your password and a tokencode of your app.</p>
${form({ action: PATH, submit: 'Use this app' }, fields)}`
}

function dropForm(user: string): Html {
  return html`<p>You log on with your password and a tokencode of the app of ${user}.</p>
<p class="help">Was the app lost? Whoever runs the service makes a new set-up code: driftlock cloud administrator reset NAME</p>
<h2>Drop the second factor</h2>
${form({ action: PATH, submit: 'Drop it', kind: 'secondary' }, [TOKENCODE])}`
}
