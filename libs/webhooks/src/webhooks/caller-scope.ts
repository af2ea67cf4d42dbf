import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { createParamDecorator, ForbiddenException, Inject, Injectable } from '@nestjs/common';

import type { Acting } from '../lifecycle/webhook-lifecycle.js';
import { SYSTEM } from '../lifecycle/webhook-lifecycle.js';
import { errorAnswer, WebhooksConfigurationError } from '../webhooks.errors.js';
import type { ContractScope, ResolvedWebhooksOptions } from '../webhooks.options.js';
import { ALL_CONTRACTS } from '../webhooks.options.js';
import { WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';

const scopes = new WeakMap<object, ContractScope>();
const actors = new WeakMap<object, () => Acting>();

const ACTOR_LENGTH = 191;

/**
 * Finds out once for each request as which contract its caller acts. A guard and not a pipe: it runs after the host's
 * guards and before any input is looked at, and no global pipe of the host gets to see the request object.
 */
@Injectable()
export class ContractGuard implements CanActivate {
  constructor(@Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<object>();
    scopes.set(request, this.scopeOf(request));
    actors.set(request, () => this.actingOf(request));
    return true;
  }

  private scopeOf(request: object): ContractScope {
    const { access } = this.options;
    if (access === 'open') return ALL_CONTRACTS;
    const scope: unknown = access?.contract(request as never);
    if (scope === ALL_CONTRACTS) return ALL_CONTRACTS;
    if (scope === undefined || scope === null || scope === '') throw noContract();
    if (typeof scope === 'string' && scope.length <= 64) return scope;
    throw new WebhooksConfigurationError(
      'INVALID_CONTRACT',
      'access.contract',
      `access.contract returned ${typeof scope === 'string' ? 'a text of more than 64 characters' : `a ${typeof scope}`}. ` +
        'Return the contract id as a text of 1 to 64 characters, ALL_CONTRACTS, or undefined.',
    );
  }

  private actingOf(request: object): Acting {
    const { access } = this.options;
    const by: unknown = access === 'open' ? undefined : access?.actor?.(request as never);
    if (by === undefined || by === null) return {};
    if (typeof by === 'string' && by !== '' && by.length <= ACTOR_LENGTH && by !== SYSTEM) return { by };
    throw new WebhooksConfigurationError(
      'INVALID_ACTOR',
      'access.actor',
      `access.actor returned ${described(by)}. Return who acts as a text of 1 to ${ACTOR_LENGTH} characters other than ` +
        `'${SYSTEM}', which is the engine, or undefined.`,
    );
  }
}

function described(by: unknown): string {
  if (typeof by !== 'string') return `a ${typeof by}`;
  return by === SYSTEM || by === '' ? `'${by}'` : `a text of ${by.length} characters`;
}

/** Who makes a change. Asked of the host only where something is changed. */
export const Actor = createParamDecorator((_data: unknown, context: ExecutionContext): Acting => {
  return actors.get(context.switchToHttp().getRequest<object>())?.() ?? {};
});

/** The {@link ContractScope} of the request's caller. */
export const CallerScope = createParamDecorator(
  (_data: unknown, context: ExecutionContext): ContractScope => {
    const scope = scopes.get(context.switchToHttp().getRequest<object>());
    if (scope === undefined) throw noContract();
    return scope;
  },
);

function noContract(): ForbiddenException {
  const message =
    'The caller belongs to no contract, and webhooks belong to contracts. Sign in as a partner account.';
  return new ForbiddenException(errorAnswer(403, 'NO_CONTRACT', message));
}
