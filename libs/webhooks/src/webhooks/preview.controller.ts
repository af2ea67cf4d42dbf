import { Body, HttpCode, Inject, Post } from '@nestjs/common';

import type { ContractScope } from '../webhooks.options.js';
import { CallerScope } from './caller-scope.js';
import type { PreviewedBody } from './preview.js';
import { Preview } from './preview.js';
import type { PreviewDto } from './preview-input.dto.js';

export class PreviewController {
  constructor(@Inject(Preview) private readonly preview: Preview) {}

  @Post()
  @HttpCode(200)
  render(@CallerScope() scope: ContractScope, @Body() body: PreviewDto): Promise<PreviewedBody> {
    return this.preview.render(scope, body);
  }
}
