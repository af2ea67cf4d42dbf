import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { BadRequestException, createParamDecorator, Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Observable } from 'rxjs';

import { capabilities as capabilityList } from '../webhooks/create-webhook.dto.js';
import { BUILT_IN } from '../webhooks/validated-against.js';

const HEADER = 'Octo-Capabilities';

interface OctoRequest {
  headers: Record<string, string | string[] | undefined>;
  query?: unknown;
}

const asked = new WeakMap<object, string[]>();

/** Reads the capabilities that OCTO demands of every request, and says in the answer which ones were understood. */
@Injectable()
export class OctoCapabilitiesInterceptor implements NestInterceptor {
  constructor(@Inject(HttpAdapterHost) private readonly adapters: HttpAdapterHost) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<OctoRequest>();
    const capabilities = capabilitiesOf(request);
    asked.set(request, capabilities);
    this.adapters.httpAdapter.setHeader(http.getResponse(), HEADER, capabilities.join(', '));
    return next.handle();
  }
}

/** The capabilities that the request names. */
export const OctoCapabilities = createParamDecorator(
  (_data: unknown, context: ExecutionContext): string[] =>
    asked.get(context.switchToHttp().getRequest<object>()) ?? [],
);

/**
 * In the header, or as the query parameter `_capabilities` where a caller cannot set headers; with both, all of them.
 *
 * @throws BadRequestException when the request names none at all, not even an empty list, or something that is none
 */
function capabilitiesOf({ headers, query }: OctoRequest): string[] {
  const { _capabilities } = (query ?? {}) as { _capabilities?: unknown };
  const lists = [headers[HEADER.toLowerCase()], _capabilities].flat().filter((list) => list !== undefined);
  if (lists.length === 0) {
    throw new BadRequestException(
      `The header ${HEADER} is missing. Send it with the capabilities you want, for example '${HEADER}: octo/pricing, ` +
        "octo/content', or empty for none.",
    );
  }
  const words = lists.flatMap((list) => (typeof list === 'string' ? list.split(',') : [list]));
  const names = words
    .map((word) => (typeof word === 'string' ? word.trim() : word))
    .filter((word) => word !== '');
  const capabilities = [...new Set(names)];
  const reason = capabilityList.refusal(capabilities, BUILT_IN);
  if (reason !== undefined)
    throw new BadRequestException(`${HEADER}: ${reason}; send names like 'octo/pricing', at most 50.`);
  return capabilities as string[];
}
