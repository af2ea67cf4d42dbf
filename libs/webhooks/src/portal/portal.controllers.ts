import type { CanActivate, Type } from '@nestjs/common';
import { Get, Inject, NotFoundException, Param, Req, Res, SetMetadata, StreamableFile } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { errorAnswer } from '../webhooks.errors.js';
import type { ContractScope, ResolvedWebhooksOptions } from '../webhooks.options.js';
import { WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';
import { CallerScope } from '../webhooks/caller-scope.js';
import { belowWebhooks, guarded } from '../webhooks/controller-structure.js';
import { Portal } from './portal.js';
import { portalPath } from './portal-path.js';

interface PortalRequest {
  headers: Record<string, string | undefined>;
}

/** Answers by itself, through the host's adapter: an interceptor of the host's that wraps JSON must not get at files. */
class PortalController {
  constructor(
    @Inject(Portal) private readonly portal: Portal,
    @Inject(HttpAdapterHost) private readonly adapters: HttpAdapterHost,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
  ) {}

  @Get('assets/:name')
  asset(@Param('name') name: string, @Req() request: PortalRequest, @Res() response: object): void {
    const asset = this.portal.asset(name);
    if (!asset) throw noSuchFile();
    const { content, contentType, etag } = asset;
    this.setHeaders(response, {
      etag,
      // Its name has its content's hash in it.
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
    const { httpAdapter } = this.adapters;
    if (request.headers['if-none-match'] === etag) {
      httpAdapter.reply(response, undefined, 304);
      return;
    }
    const file = new StreamableFile(content, { type: contentType, length: content.length });
    httpAdapter.reply(response, file, 200);
  }

  /** The page is at the address with a slash at its end: what it refers to is relative to that. */
  @Get()
  page(@CallerScope() scope: ContractScope, @Req() request: PortalRequest, @Res() response: object): void {
    this.answer(scope, request, response);
  }

  /**
   * Fastify's routes end as they are written; of two slashes Nest takes one away. A constraint that everything meets keeps
   * the two addresses apart in a Fastify that ignores slashes at the end, which would refuse them as one route declared twice.
   */
  @Get('//')
  @SetMetadata('__fastify_route_constraints__', { host: /^/ })
  pageWithSlash(
    @CallerScope() scope: ContractScope,
    @Req() request: PortalRequest,
    @Res() response: object,
  ): void {
    this.answer(scope, request, response);
  }

  private answer(scope: ContractScope, request: PortalRequest, response: object): void {
    const { httpAdapter } = this.adapters;
    const [path = '', query] = splitOnce(String(httpAdapter.getRequestUrl(request)));
    const name = portalPath(this.options)?.split('/').at(-1) ?? '';
    if (!path.endsWith('/')) {
      this.setHeaders(response, { 'cache-control': 'no-store' });
      // Relative, since what stands before may be known to a proxy alone.
      httpAdapter.redirect(response, 302, `${name}/${query === undefined ? '' : `?${query}`}`);
      return;
    }
    const { html, headers } = this.portal.page(scope);
    this.setHeaders(response, headers);
    httpAdapter.reply(response, html, 200);
  }

  private setHeaders(response: object, headers: Record<string, string>): void {
    for (const [name, value] of Object.entries(headers))
      this.adapters.httpAdapter.setHeader(response, name, value);
  }
}

function splitOnce(url: string): [path: string, query: string | undefined] {
  const at = url.indexOf('?');
  return at < 0 ? [url, undefined] : [url.slice(0, at), url.slice(at + 1)];
}

function noSuchFile(): NotFoundException {
  const message = "The portal has no such file. Open the portal's own address again.";
  return new NotFoundException(errorAnswer(404, 'PORTAL_FILE_NOT_FOUND', message));
}

/** The page and its files; before the webhooks', whose ids these names would be. */
export function portalControllers(path: string, guards: Type<CanActivate>[]): Type[] {
  return [guarded(class PortalResource extends PortalController {}, belowWebhooks(path), guards)];
}
