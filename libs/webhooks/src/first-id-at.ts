import { v7 as uuidv7 } from 'uuid';

/** The lowest UUIDv7 of a time in epoch milliseconds: ids made then or later do not sort before it. */
export function firstIdAt(msecs: number): string {
  return uuidv7({ msecs, random: new Uint8Array(16), seq: 0 });
}
