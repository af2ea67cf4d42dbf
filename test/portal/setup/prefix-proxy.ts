import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy that hands on what comes below a prefix without that prefix, and knows nothing of what it hands on. */
export class PrefixProxy {
  private constructor(
    private readonly server: http.Server,
    /** Its own address, the prefix included, without a slash at the end. */
    readonly url: string,
  ) {}

  static async start(prefix: string, target: string): Promise<PrefixProxy> {
    const server = http.createServer((incoming, outgoing) => {
      const { method, headers, url = '' } = incoming;
      if (!url.startsWith(`${prefix}/`)) {
        outgoing.writeHead(404).end('not below the prefix');
        return;
      }
      const handedOn = http.request(`${target}${url.slice(prefix.length)}`, { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      handedOn.on('error', () => outgoing.destroy());
      outgoing.on('close', () => handedOn.destroy());
      incoming.pipe(handedOn);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return new PrefixProxy(server, `http://127.0.0.1:${port}${prefix}`);
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}
