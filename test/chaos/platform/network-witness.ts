import { appendFileSync } from 'node:fs';
import dns from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { isIPv6, Socket } from 'node:net';

/** What a process is told of names, and where it notes which addresses it dials. */
export interface Network {
  /** For each name what its lookups answer, one after the other and then again from the first. */
  names: Record<string, string[][]>;
  /** A file with a line for each connection that is tried: `<address> <port>`. */
  notesPath: string;
}

type Lookup = (error: Error | null, address: string | LookupAddress[], family?: number) => void;
type Input = unknown[];

/** Puts a resolver of the test's own before the system's, and notes each address just before it is dialled. */
export function witnessNetwork({ names, notesPath }: Network): void {
  answerNames(names);
  const connect = Reflect.get(Socket.prototype, 'connect') as (...input: Input) => Socket;
  Reflect.set(Socket.prototype, 'connect', function (this: Socket, ...input: Input) {
    // Synced by the kernel's page cache: it outlives the process.
    this.on('connectionAttempt', (ip: string, port: number) => appendFileSync(notesPath, `${ip} ${port}\n`));
    return connect.apply(this, input);
  });
}

function answerNames(names: Record<string, string[][]>): void {
  const lookup = Reflect.get(dns, 'lookup') as (...input: Input) => void;
  const asked = new Map<string, number>();
  Reflect.set(dns, 'lookup', (hostname: string, ...rest: Input) => {
    const name = hostname.toLowerCase().replace(/\.$/, '');
    const answers = names[name];
    if (!answers) return lookup(hostname, ...rest);
    const turn = asked.get(name) ?? 0;
    asked.set(name, turn + 1);
    const found = (answers[turn % answers.length] ?? []).map((address) => ({
      address,
      family: isIPv6(address) ? 6 : 4,
    }));
    const callback = rest.at(-1) as Lookup;
    const all = (rest[0] as { all?: boolean } | undefined)?.all === true;
    const [first] = found;
    setImmediate(() => (all ? callback(null, found) : callback(null, first?.address ?? '', first?.family)));
  });
  syncBuiltinESMExports();
}
