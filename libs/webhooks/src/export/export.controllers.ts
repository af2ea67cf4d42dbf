import type { Type } from '@nestjs/common';
import { Get, Header, Inject, Query, StreamableFile } from '@nestjs/common';

import type { ContractScope } from '../webhooks.options.js';
import { CallerScope } from '../webhooks/caller-scope.js';
import type { ControllerStructure } from '../webhooks/controller-structure.js';
import { belowWebhooks, guarded } from '../webhooks/controller-structure.js';
import type { ExportWebhooksQuery } from './export-webhooks.query.js';
import type { ExportFormat } from './webhook-export.js';
import { WebhookExport } from './webhook-export.js';

class ExportController {
  constructor(@Inject(WebhookExport) private readonly webhooks: WebhookExport) {}

  @Get('export.xlsx')
  @Header('cache-control', 'no-store')
  xlsx(@CallerScope() scope: ContractScope, @Query() query: ExportWebhooksQuery): Promise<StreamableFile> {
    return this.file(scope, 'xlsx', query);
  }

  @Get('export.csv')
  @Header('cache-control', 'no-store')
  csv(@CallerScope() scope: ContractScope, @Query() query: ExportWebhooksQuery): Promise<StreamableFile> {
    return this.file(scope, 'csv', query);
  }

  private async file(
    scope: ContractScope,
    format: ExportFormat,
    query: ExportWebhooksQuery,
  ): Promise<StreamableFile> {
    const { name, contentType, content } = await this.webhooks.file(scope, format, query);
    const file = new StreamableFile(content, {
      type: contentType,
      disposition: `attachment; filename="${name}"`,
    });
    // A file that was cut off must not look whole.
    return file.setErrorHandler((_error, response) => response.destroy?.());
  }
}

/** The export of the list, below the webhooks' own path; before the webhooks', whose ids these names would be. */
export function exportControllers({ path, guards }: ControllerStructure): Type[] {
  return [guarded(class ExportResource extends ExportController {}, belowWebhooks(path), guards)];
}
