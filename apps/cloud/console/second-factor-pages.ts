import { ApplicationError, chooseSecondFactor, dropSecondFactor } from '@driftlock/application'
import { AddressBudget, ApiError, type Html, html } from '@driftlock/http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Admitted } from '../admin-api/administrator-door.ts'
import { type ConsoleParts, formField, goTo, noteOf, sendPage, signedIn } from './exchange.ts'
import { field, form, sentence } from './parts.ts'
import type { ConsoleTexts } from './texts/en.ts'
import { textsOf } from './texts/texts-of.ts'

const PATH = '/second-factor'

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
    const { secondFactor: texts } = textsOf(reply.request)
    const body =
      userId === null ? chooseForm(texts, company?.name) : dropForm(texts, user?.attribute ?? texts.userDeleted)
    return sendPage(reply, { administrator }, { title: texts.title, ...said, body })
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
      return page(reply.code(422), admitted, { failure: textsOf(request).secondFactor.refused })
    }
    return goTo(reply, PATH, 'saved')
  })
}

type Texts = ConsoleTexts['secondFactor']

function tokencodeField({ tokencode: label }: Texts): Html {
  return field({ name: 'tokencode', label, autocomplete: 'one-time-code', maxlength: 16 })
}

function chooseForm(texts: Texts, companyName: string | undefined): Html {
  const fields = [
    field({
      name: 'company',
      label: texts.company,
      help: texts.companyHelp,
      ...(companyName !== undefined && { value: companyName }),
    }),
    field({ name: 'userName', label: texts.user, help: texts.userHelp }),
    tokencodeField(texts),
  ]
  return html`<p>${texts.lead}</p>
${form({ action: PATH, submit: texts.choose }, fields)}`
}

function dropForm(texts: Texts, user: string): Html {
  return html`<p>${sentence(texts.chosen, { user })}</p>
<p class="help">${texts.lost}</p>
<h2>${texts.dropTitle}</h2>
${form({ action: PATH, submit: texts.drop, kind: 'secondary' }, [tokencodeField(texts)])}`
}
