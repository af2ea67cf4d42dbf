import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { createHash, timingSafeEqual } from 'node:crypto';

import { settings } from './settings.js';

const hashed = (text: string) => createHash('sha256').update(text).digest();
const EXPECTED = hashed(`Bearer ${settings.operatorToken}`);

/** A platform has partners who sign in; a fleet to look at has one operator, who sees them all. */
@Injectable()
export class OperatorGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<{ headers: { authorization?: string } }>();
    return timingSafeEqual(hashed(request.headers.authorization ?? ''), EXPECTED);
  }
}
