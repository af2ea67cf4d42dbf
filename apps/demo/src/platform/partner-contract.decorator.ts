import { BadRequestException, createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';

import type { PartnerRequest } from './partner.guard.js';

/** The contract of the calling partner. An operator has none of its own and cannot book. */
export const PartnerContract = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { contractId } = context.switchToHttp().getRequest<PartnerRequest>();
  if (typeof contractId === 'string') return contractId;
  throw new BadRequestException("A booking belongs to a partner: use a partner's token, not the operator's.");
});
