import { ValidationPipe } from '@nestjs/common';
import type { Type } from '@nestjs/common';

/** Checks a body against a DTO, named explicitly since the demo emits no decorator metadata. */
export function valid(expectedType: Type): ValidationPipe {
  return new ValidationPipe({ expectedType, transform: true, whitelist: true, forbidNonWhitelisted: true });
}
