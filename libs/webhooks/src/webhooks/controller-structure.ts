import type { CanActivate, Type } from '@nestjs/common';
import { Controller, UseGuards } from '@nestjs/common';

import { ContractGuard } from './caller-scope.js';

/** Where TypeScript's `emitDecoratorMetadata` notes them. */
const PARAMETER_TYPES = 'design:paramtypes';

/** What shapes a controller of the module. */
export interface ControllerStructure {
  /** Where the webhooks' resource is, see {@link WebhooksStructure.path}. */
  path: string;
  /** The host's guards, run before the module asks for the contract. */
  guards: Type<CanActivate>[];
}

/** The path of a resource that stands beside the webhooks' own: `partner/webhooks` gives `partner/<name>`. */
export function besideWebhooks(path: string, name: string): string {
  return [...pathSegments(path).slice(0, -1), name].join('/');
}

/** A path below the webhooks' own. */
export function belowWebhooks(path: string, ...names: string[]): string {
  return [...pathSegments(path), ...names].join('/');
}

export function pathSegments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** Puts a path and guards on a controller class; the contract is asked for after the host's guards have passed. */
export function guarded(controller: Type, path: string | string[], guards: Type<CanActivate>[]): Type {
  Controller(path)(controller);
  UseGuards(...guards, ContractGuard)(controller);
  leaveTypesOpen(controller);
  return controller;
}

/**
 * Where a host has a `ValidationPipe` of its own, Nest warns of each handler that says nothing about its parameters' types.
 * The module's say on purpose that they have none: input is validated behind the host's pipes, by the host's event types.
 */
function leaveTypesOpen(controller: Type): void {
  const prototype = Object.getPrototypeOf(controller.prototype) as object;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (!Reflect.hasMetadata(PARAMETER_TYPES, prototype, name))
      Reflect.defineMetadata(PARAMETER_TYPES, [], prototype, name);
  }
}
