import { ForbiddenException, Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ALL_CONTRACTS } from 'nestjs-booking-webhooks';
import type { ContractScope } from 'nestjs-booking-webhooks';

import { PartnersService } from './partners.service.js';
import { sessionIn } from './session-cookie.js';
import { SignIn } from './sign-in.js';

/** A request as it is after {@link PartnerGuard}. */
export interface PartnerRequest {
  headers: { authorization?: string; cookie?: string };
  contractId?: ContractScope;
}

/** Lets in who brings `Authorization: Bearer <token>`, or signed in with a browser, and notes on the request who it is. */
@Injectable()
export class PartnerGuard implements CanActivate {
  constructor(
    @Inject(PartnersService) private readonly partners: PartnersService,
    @Inject(SignIn) private readonly signIn: SignIn,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<PartnerRequest>();
    request.contractId = await this.scopeOf(request.headers);
    if (request.contractId === undefined) {
      throw new UnauthorizedException(
        'Send the header Authorization: Bearer <token> with a token the demo printed, or sign in at / with a browser.',
      );
    }
    return true;
  }

  private async scopeOf({ authorization, cookie }: PartnerRequest['headers']) {
    const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
    if (token !== undefined) return this.partners.scopeOf(token);
    const session = sessionIn(cookie);
    return session === undefined ? undefined : this.signIn.scopeOf(session);
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
