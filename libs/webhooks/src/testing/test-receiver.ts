import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request as it arrived. */
export interface ReceivedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  receivedAt: number;
}

/** What the receiver answers; `'hang'` never answers, `'reset'` drops the connection. */
export type Answer =
  { status: number; headers?: Record<string, string>; body?: string | Buffer } | 'hang' | 'reset';

export type Answering = (request: ReceivedRequest, index: number) => Answer | Promise<Answer>;

/** A partner's server on a free port of the loopback interface: keeps every request, answers as it is told. */
export class TestReceiver {
  readonly requests: ReceivedRequest[] = [];
  /** How many connections have been opened to it. */
  connections = 0;
  private readonly sockets = new Set<Socket>();
  private constructor(
    private readonly server: Server,
    private answering: Answering,
  ) {}

  /** @param answering @default every request gets 204 */
  static async start(answering: Answering = () => ({ status: 204 })): Promise<TestReceiver> {
    const server = createServer();
    const receiver = new TestReceiver(server, answering);
    server.on('request', (incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { method = '', url = '', headers } = incoming;
        const request = { method, path: url, headers, body: Buffer.concat(chunks), receivedAt: Date.now() };
        receiver.requests.push(request);
        void Promise.resolve(receiver.answering(request, receiver.requests.length - 1)).then((answer) => {
          if (answer === 'hang') return;
          if (answer === 'reset') return void incoming.socket.destroy();
          response.writeHead(answer.status, answer.headers).end(answer.body);
        });
      });
    });
    server.on('connection', (socket) => {
      receiver.connections += 1;
      receiver.sockets.add(socket);
      socket.on('close', () => receiver.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Answers differently from now on. */
  answer(answering: Answering): void {
    this.answering = answering;
  }

  /** Closes the server and every connection to it, hanging ones included. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}
