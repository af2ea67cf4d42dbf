import { Inject, Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import type { DataSource } from 'typeorm';

import { EventCatalog } from '../catalog/event-catalog.js';
import type { Clock } from '../webhooks.clock.js';
import type { ContractScope } from '../webhooks.options.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import { csv } from './csv.js';
import { exportRows } from './export-rows.js';
import type { ExportWebhooksQuery } from './export-webhooks.query.js';
import { exportQuery } from './export-webhooks.query.js';
import { fileName } from './file-name.js';
import { xlsx } from './xlsx.js';

export type ExportFormat = 'xlsx' | 'csv';

/** A file, and what to call it. */
export interface ExportedFile {
  name: string;
  contentType: string;
  /** Destroy it to stop before its end. */
  content: Readable;
}

const FORMATS = {
  xlsx: { write: xlsx, contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  csv: { write: csv, contentType: 'text/csv; charset=utf-8' },
};

/** Writes webhooks into files for spreadsheets. */
@Injectable()
export class WebhookExport {
  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * All webhooks that match, in a file that is made while it is read: five thousand of them are in memory.
   *
   * @throws InvalidInputError
   */
  async file(
    scope: ContractScope,
    format: ExportFormat,
    query: ExportWebhooksQuery = {},
  ): Promise<ExportedFile> {
    const filters = await exportQuery.read(query, this.catalog);
    const { write, contentType } = FORMATS[format];
    const content = write(exportRows(this.dataSource, scope, filters, this.catalog));
    return {
      name: fileName(format, this.clock.now(), filters.timeZone ?? 'UTC'),
      contentType,
      content: Readable.from(await begun(content), { objectMode: false }),
    };
  }
}

/** What goes wrong at the first page is an answer of its own; later on it could only cut the file off. */
async function begun<Chunk>(content: AsyncGenerator<Chunk, void>): Promise<AsyncGenerator<Chunk, void>> {
  const first = await content.next();
  return (async function* () {
    try {
      if (!first.done) yield first.value;
      yield* content;
    } finally {
      await content.return();
    }
  })();
}
