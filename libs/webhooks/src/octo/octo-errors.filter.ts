import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, Inject, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { octoErrorOf } from './octo-errors.js';

/** Words every error of OCTO's routes as OCTO does, those of the host's guards included. */
@Catch()
export class OctoErrorsFilter implements ExceptionFilter {
  private readonly logger = new Logger(OctoErrorsFilter.name);

  constructor(@Inject(HttpAdapterHost) private readonly adapters: HttpAdapterHost) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const { status, body } = octoErrorOf(exception);
    if (status >= 500) this.logger.error(exception instanceof Error ? exception.stack : exception);
    this.adapters.httpAdapter.reply(host.switchToHttp().getResponse(), body, status);
  }
}
