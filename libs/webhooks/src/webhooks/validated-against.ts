import { ValidationPipe } from '@nestjs/common';
import type { ValidationPipeOptions } from '@nestjs/common';
import type { ValidationError, ValidatorOptions } from 'class-validator';

import { EventCatalog } from '../catalog/event-catalog.js';

/** Decorators are applied once for all applications of a process; what a host added reaches their rules with the object. */
const catalogs = new WeakMap<object, EventCatalog>();

/** The catalog of a host that adds nothing. */
export const BUILT_IN = new EventCatalog();

/** The catalog that an object is being validated against. */
export function catalogOf(object: object | undefined): EventCatalog {
  return (object && catalogs.get(object)) ?? BUILT_IN;
}

/** Validates with one application's catalog in force. */
export class CatalogPipe extends ValidationPipe {
  constructor(
    private readonly catalog: EventCatalog,
    options: ValidationPipeOptions,
  ) {
    super(options);
  }

  protected override validate(
    object: object,
    options?: ValidatorOptions,
  ): Promise<ValidationError[]> | ValidationError[] {
    catalogs.set(object, this.catalog);
    return super.validate(object, options);
  }
}
