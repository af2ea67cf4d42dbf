import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';

export interface PartnerRequest {
  headers: Record<string, string | undefined>;
}

export const contractOf = ({ headers }: PartnerRequest) =>
  /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];

/** Who brings a token may come in; the token is the contract. */
@Injectable()
export class PartnerGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return contractOf(context.switchToHttp().getRequest<PartnerRequest>()) !== undefined;
  }
}

/** The host's own, for every route that there is. */
@Injectable()
export class PlatformGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return context.switchToHttp().getRequest<PartnerRequest>().headers['x-platform'] === 'yes';
  }
}
