import { createHash } from 'node:crypto';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { from, lastValueFrom, of, type Observable } from 'rxjs';
import { SecretBox, UnitOfWork, type SealedSecret } from '../persistence/index.js';
import type { IdentifiedRequest } from './http.decorator.js';
import { conflict, invalid } from './problem.js';

type Earlier = { request_hash: Buffer; status: number | null; response: SealedSecret | null };

/**
 * `Idempotency-Key` on writes: the first answer is kept and given again for the same key and body. The same key with
 * another body, or while the first is still busy, is a conflict. A failed first call frees its key, and so does a day.
 * An answer may hold what is shown once (an API key), so it is kept sealed.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly secrets: SecretBox,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<IdentifiedRequest>();
    const key = request.header('idempotency-key');
    const { identity } = request;
    if (key === undefined || request.method === 'GET' || identity === undefined) return next.handle();
    if (key.length === 0 || key.length > 200) throw invalid('Idempotency-Key', '1 to 200 characters');
    const hash = createHash('sha256')
      .update(`${request.method} ${request.originalUrl} ${JSON.stringify(request.body ?? null)}`)
      .digest();
    const response = context.switchToHttp().getResponse<Response>();
    const earlier = await this.claim(identity.firmId, key, hash);
    if (earlier !== null) {
      if (!earlier.request_hash.equals(hash))
        throw conflict('IDEMPOTENCY_KEY_REUSED', 'this Idempotency-Key was used for another request');
      if (earlier.status === null)
        throw conflict('IDEMPOTENCY_IN_PROGRESS', 'the first request with this Idempotency-Key is still running');
      response.status(earlier.status);
      return of(this.bodyOf(earlier, placeOf(identity.firmId, key)));
    }
    return from(this.firstCall(next, { firmId: identity.firmId, key, response }));
  }

  /** Keeps the first answer, or frees the key when the call fails. */
  private async firstCall(
    next: CallHandler,
    call: { firmId: string; key: string; response: Response },
  ): Promise<unknown> {
    try {
      const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      await this.keep(call.firmId, call.key, { status: call.response.statusCode, body });
      return body;
    } catch (error) {
      await this.free(call.firmId, call.key);
      throw error;
    }
  }

  private async claim(firmId: string, key: string, hash: Buffer): Promise<Earlier | null> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      await transaction.query(`delete from idempotency_record where created_at < now() - interval '1 day'`);
      const inserted = (await transaction.query(
        `insert into idempotency_record (firm_id, key, request_hash) values ($1, $2, $3) on conflict do nothing returning key`,
        [firmId, key, hash],
      )) as unknown[];
      if (inserted.length > 0) return null;
      const rows = (await transaction.query(
        `select request_hash, status, response from idempotency_record where key = $1`,
        [key],
      )) as Earlier[];
      return rows[0] ?? null;
    });
  }

  private async keep(firmId: string, key: string, answer: { status: number; body: unknown }): Promise<void> {
    await this.unitOfWork.inFirm(firmId, (transaction) =>
      transaction.query(`update idempotency_record set status = $2, response = $3 where key = $1`, [
        key,
        answer.status,
        answer.body === undefined ? null : this.secrets.seal(JSON.stringify(answer.body), placeOf(firmId, key)),
      ]),
    );
  }

  private bodyOf({ response }: Earlier, place: string): unknown {
    return response === null ? undefined : JSON.parse(this.secrets.open(response, place));
  }

  private async free(firmId: string, key: string): Promise<void> {
    await this.unitOfWork.inFirm(firmId, (transaction) =>
      transaction.query(`delete from idempotency_record where key = $1 and status is null`, [key]),
    );
  }
}

function placeOf(firmId: string, key: string): string {
  return `idempotency_record:${firmId}:${key}:response`;
}
