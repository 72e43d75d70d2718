import type { z } from 'zod'
import { pendingAppointment, type PendingAppointment } from '../../shared/worklist.ts'
import { splitAddress } from '../http/address.ts'
import type { Result } from '../http/outcome.ts'
import {
  many,
  one,
  oneAppointment,
  type AttachmentOptions,
  type Caller,
  type CallOptions,
  type PageOptions,
  type Parse,
  type Scope,
  type Write,
} from './calls.ts'
import { attachmentParameters, noParameters, pageParameters } from './parameters.ts'
import {
  attachmentSchema,
  commentSchema,
  readPendingPage,
  reportReceiptSchema,
  uploadTargetSchema,
  uploadTargetsSchema,
  type Attachment,
  type Comment,
  type PendingPage,
  type ReportReceipt,
  type Rows,
  type UploadTarget,
} from './schemas.ts'
import { readWholeList, type Worklist } from './worklist-pass.ts'

/** Rows asked for in one page: the documented default (contract 1.3; allowed are 1 … 500). */
export const PAGE_SIZE = 100
/** Rows a page of a complete pass: the most that is allowed, so that a long list takes few requests. */
export const PASS_PAGE_SIZE = 500

/** Q1–Q9, and Q21 and Q22, which are the same for an appointment in any status. */
export type ReportingCalls = {
  /** Q1. */
  readonly listPendingPage: (options?: PageOptions) => Promise<Result<PendingPage>>
  /** Q1 to its end. A complete pass or a failure, never a part of the list. */
  readonly listAllPending: (options?: CallOptions) => Promise<Result<Worklist>>
  /** Q2. `gone` when the appointment is not pending reporting. */
  readonly getPending: (appointmentId: string, options?: CallOptions) => Promise<Result<PendingAppointment>>
  /** Q5; with the scope `any` Q22. Comments about the patient come too. */
  readonly listComments: (
    appointmentId: string,
    options?: CallOptions & { readonly scope?: Scope | undefined },
  ) => Promise<Result<Rows<Comment>>>
  /** Q7. */
  readonly getComment: (
    appointmentId: string,
    commentGuid: string,
    options?: CallOptions,
  ) => Promise<Result<Comment>>
  /** Q6 with a body of `commentBody`. */
  readonly createComment: (appointmentId: string, write: Write) => Promise<Result<Comment>>
  /** Q3; with the scope `any` Q21. */
  readonly listAttachments: (
    appointmentId: string,
    options: AttachmentOptions,
  ) => Promise<Result<Rows<Attachment>>>
  /** Q4; with the scope `any` Q21. */
  readonly getAttachment: (
    appointmentId: string,
    attachmentGuid: string,
    options: AttachmentOptions,
  ) => Promise<Result<Attachment>>
  /** Q9 with a body of `uploadUrlBody`: one file, one address. */
  readonly createUploadUrl: (appointmentId: string, write: Write) => Promise<Result<UploadTarget>>
  /** Q8 with a body of `reportBody`. */
  readonly submitReport: (appointmentId: string, write: Write) => Promise<Result<ReportReceipt>>
}

const pending = (...rest: string[]): string[] => ['reporting', 'appointments', ...rest]

const scoped = (scope: Scope | undefined, ...rest: string[]): string[] =>
  scope === 'any' ? ['appointments', ...rest] : pending(...rest)

export function reportingCalls({ domain, read, write }: Caller): ReportingCalls {
  const listPendingPage = (options: PageOptions = {}): Promise<Result<PendingPage>> => {
    const { pageSize = PAGE_SIZE, nextToken, signal } = options
    // An empty token is none; sent as one it would be refused.
    const asked = { pageSize, nextToken: nextToken === '' ? null : nextToken, signal }
    return read(['reporting', 'appointments', 'pending'], pageParameters, asked, (json) => {
      const page = readPendingPage(json, domain)
      return page === null ? 'it is not a page of appointments' : { value: page }
    })
  }

  return {
    listPendingPage,
    async listAllPending({ signal } = {}) {
      const pass = (pageSize: number): Promise<Result<Worklist>> =>
        readWholeList((nextToken) => listPendingPage({ pageSize, nextToken, signal }))
      const whole = await pass(PASS_PAGE_SIZE)
      // The largest page of this very list is not documented (contract 1.3), so a refusal of ours is not the end.
      // The token host's 400 (`invalid_client`) is an answer to something else and final (contract 1.2).
      const tooLarge = !whole.ok && whole.failure.kind === 'validation' && whole.failure.status === 400
      return tooLarge ? pass(PAGE_SIZE) : whole
    },
    getPending: (appointmentId, options = {}) =>
      read(
        pending(appointmentId),
        noParameters,
        options,
        oneAppointment(pendingAppointment, domain, appointmentId),
      ),
    listComments: (appointmentId, { scope, signal } = {}) =>
      read(scoped(scope, appointmentId, 'comments'), noParameters, { signal }, many(commentSchema)),
    getComment: (appointmentId, commentGuid, options = {}) =>
      read(
        pending(appointmentId, 'comments', commentGuid),
        noParameters,
        options,
        oneOf(commentSchema, commentGuid),
      ),
    createComment: (appointmentId, what) =>
      write(pending(appointmentId, 'comments'), what, one(commentSchema)),
    listAttachments: (appointmentId, options) =>
      read(
        scoped(options.scope, appointmentId, 'attachments'),
        attachmentParameters,
        options,
        many(attachmentSchema),
      ),
    getAttachment: (appointmentId, attachmentGuid, options) =>
      read(
        scoped(options.scope, appointmentId, 'attachments', attachmentGuid),
        attachmentParameters,
        options,
        oneOf(attachmentSchema, attachmentGuid),
      ),
    createUploadUrl: (appointmentId, what) =>
      write(pending(appointmentId, 'report', 'attachments'), what, oneTarget),
    submitReport: (appointmentId, what) =>
      write(pending(appointmentId, 'report'), what, one(reportReceiptSchema)),
  }
}

/** The comment or attachment that was asked for, never another one in its place. */
function oneOf<T extends { readonly guid: string }>(schema: z.ZodType<T>, guid: string): Parse<T> {
  return (json) => {
    const found = one(schema)(json)
    if (typeof found === 'string') return found
    return found.value.guid.toLowerCase() === guid.toLowerCase() ? found : 'it is about another one'
  }
}

const oneTarget: Parse<UploadTarget> = (json) => {
  const list = uploadTargetsSchema.safeParse(json)
  if (!list.success || list.data.items.length !== 1) return 'its content is not one upload address'
  const target = one(uploadTargetSchema)(list.data.items[0])
  if (typeof target === 'string') return target
  return splitAddress(target.value.uploadUrl) === null ? 'its upload address is not an https address' : target
}
