import type { DomainEvent } from '../catalog/domain-events.js';

/**
 * Turns the payload of one of the host's domain events into what is published. Return undefined (or an empty list)
 * when the payload concerns no partner. It is called synchronously, before the host can change the payload.
 */
export type DomainEventMapper = (payload: never) => DomainEvent | DomainEvent[] | undefined;

/** The host's event name → how to read it. Replaces the canonical names, so list those too where they are emitted. */
export type DomainEventMapping = Record<string, DomainEventMapper>;
