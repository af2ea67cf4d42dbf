import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import type { AnswerScript } from './answer-scripts.js';

export const FINE: AnswerScript = {
  parts: ['HTTP/1.1 204 No Content\r\n\r\n'],
  pauseMs: 0,
  end: 'keep',
  early: false,
};

/** A partner's server below HTTP: does to every request what its script says. */
export class ScriptedServer {
  script = FINE;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ScriptedServer> {
    const server = createServer();
    const scripted = new ScriptedServer(server);
    server.on('connection', (socket) => scripted.accept(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return scripted;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks`;
  }

  /** From now on; connections of the script before are dropped. */
  play(script: AnswerScript): void {
    for (const socket of this.sockets) socket.destroy();
    this.script = script;
  }

  async stop(): Promise<void> {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await once(this.server, 'close');
  }

  private accept(socket: Socket): void {
    this.sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => this.sockets.delete(socket));
    // Whoever sends may hang up in the middle of it.
    socket.on('error', () => socket.destroy());
    const { script } = this;
    if (script.early) return void perform(socket, script);
    socket.on('data', (chunk: Buffer) => {
      if (chunk.includes('POST ')) void perform(socket, this.script);
    });
  }
}

async function perform(socket: Socket, { parts, pauseMs, end }: AnswerScript): Promise<void> {
  for (const [index, part] of parts.entries()) {
    if (index > 0) await delay(pauseMs);
    if (socket.destroyed) return;
    if (part !== '') socket.write(part, 'latin1');
  }
  if (end === 'close') socket.end();
  if (end === 'reset') socket.resetAndDestroy();
  if (end === 'half') socket.destroySoon();
}
