import type { CanActivate, Type } from '@nestjs/common';
import { Controller, UseGuards } from '@nestjs/common';

import { ContractGuard } from './caller-scope.js';

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
  return controller;
}
