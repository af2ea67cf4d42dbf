import { ForbiddenException, Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ALL_CONTRACTS } from 'nestjs-booking-webhooks';
import type { ContractScope } from 'nestjs-booking-webhooks';

import { PartnersService } from './partners.service.js';

/** A request as it is after {@link PartnerGuard}. */
export interface PartnerRequest {
  headers: { authorization?: string };
  contractId?: ContractScope;
}

/** Lets in who brings `Authorization: Bearer <token>`, and notes on the request whose token it is. */
@Injectable()
export class PartnerGuard implements CanActivate {
  constructor(@Inject(PartnersService) private readonly partners: PartnersService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<PartnerRequest>();
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    request.contractId = token === undefined ? undefined : await this.partners.scopeOf(token);
    if (request.contractId === undefined) {
      throw new UnauthorizedException(
        'Send the header Authorization: Bearer <token> with a token the demo printed.',
      );
    }
    return true;
  }
}

/** Stands behind {@link PartnerGuard}: only for the platform's own staff. */
@Injectable()
export class OperatorGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.switchToHttp().getRequest<PartnerRequest>().contractId === ALL_CONTRACTS) return true;
    throw new ForbiddenException("This changes what every partner sees: use the operator's token.");
  }
}
