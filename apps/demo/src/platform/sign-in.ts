import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { ContractScope } from 'nestjs-booking-webhooks';

/** Somebody whom the sign-in page lets a visitor be. */
export interface Person {
  /** Whom the person works for; part of the page's addresses, and what its link is called. */
  name: string;
  /** Which webhooks, in words. */
  sees: string;
  scope: ContractScope;
}

/** Whose browser is whose, as long as the demo runs. A real platform has accounts and passwords. */
@Injectable()
export class SignIn {
  readonly people: Person[] = [];
  private readonly sessions = new Map<string, ContractScope>();

  /** @returns the session's secret */
  signIn({ scope }: Person): string {
    const session = randomBytes(24).toString('base64url');
    this.sessions.set(session, scope);
    return session;
  }

  scopeOf(session: string): ContractScope | undefined {
    return this.sessions.get(session);
  }
}
