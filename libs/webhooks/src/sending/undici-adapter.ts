import { HttpService } from '@nestjs/axios';
import { Axios, AxiosHeaders } from 'axios';
import type { AxiosAdapter, AxiosInstance } from 'axios';
import type { Dispatcher } from 'undici';

import type { HeaderList } from './header-list.js';

type ResponseHeaders = Record<string, string | string[] | undefined>;

/**
 * A request as it goes on the wire. It travels through axios as `data`: axios passes an instance of a class on
 * untouched, whereas its own headers would be copied, sorted and completed at four times the cost of the rest, and
 * would lose one named `constructor`.
 */
export class WireRequest {
  constructor(
    /** Scheme, host and port. */
    readonly origin: string,
    /** Path and query. */
    readonly path: string,
    readonly headers: HeaderList,
    readonly body: Buffer,
    /** One deadline over waiting for a connection, connecting, headers and body. */
    readonly deadlineMs: number,
    /** The connection is dropped after so many bytes of the response's body. */
    readonly maxResponseBytes: number,
  ) {}
}

/** What came back: nothing but `error`, all of a response, or the beginning of one with the `error` that ended it. */
export interface WireAnswer {
  /** Of the final response; undefined when none began. */
  statusCode: number | undefined;
  /** Names in lower case. */
  headers: ResponseHeaders;
  /** At most `maxResponseBytes`; the rest was not read. */
  body: Buffer;
  /** Why there is no complete response; a body longer than the cap is none. */
  error: Error | undefined;
}

/** The deadline passed before the response was complete. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  readonly code = 'DEADLINE_EXCEEDED';
}

/**
 * An {@link HttpService} of the module's own: the host's interceptors and defaults must not reach partners' requests. It has none
 * of axios's defaults either, nor an adapter, which each request brings: axios merges each default into each request, in a
 * third of the time that it takes.
 */
export function bareHttp(): HttpService {
  return new HttpService(new Axios({}) as AxiosInstance);
}

/**
 * Makes axios a thin line to undici: a request's `data` is a {@link WireRequest}, a response's `data` is a
 * {@link WireAnswer}, and nothing that a receiver does rejects.
 */
export function undiciAdapter(agent: Dispatcher): AxiosAdapter {
  return (config) =>
    new Promise((resolve) => {
      dispatch(agent, config.data as WireRequest, (data) =>
        resolve({ status: data.statusCode ?? 0, statusText: '', headers: new AxiosHeaders(), data, config }),
      );
    });
}

/** The same without axios. */
export function exchange(agent: Dispatcher, request: WireRequest): Promise<WireAnswer> {
  return new Promise((resolve) => dispatch(agent, request, resolve));
}

function dispatch(agent: Dispatcher, request: WireRequest, answered: (answer: WireAnswer) => void): void {
  const { origin, path, headers, body } = request;
  agent.dispatch({ origin, path, method: 'POST', headers, body }, new Reception(request, answered));
}

/** Receives one response; settles once, whatever undici reports afterwards. */
class Reception implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private statusCode: number | undefined;
  private headers: ResponseHeaders = {};
  private chunks: Buffer[] = [];
  private room: number;
  private settled = false;
  private readonly timer: NodeJS.Timeout;

  constructor(
    request: WireRequest,
    private readonly answer: (answer: WireAnswer) => void,
  ) {
    this.room = request.maxResponseBytes;
    this.timer = setTimeout(() => this.expire(request.deadlineMs), request.deadlineMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // It waited for a connection longer than its deadline: it must not be written any more.
    if (this.settled) controller.abort(new DeadlineError());
  }

  onResponseStart(_: Dispatcher.DispatchController, statusCode: number, headers: ResponseHeaders): void {
    // 1xx: the final response is still to come.
    if (statusCode < 200) return;
    this.statusCode = statusCode;
    this.headers = headers;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.settled) return;
    this.chunks.push(chunk.length > this.room ? chunk.subarray(0, this.room) : chunk);
    this.room -= chunk.length;
    if (this.room > 0) return;
    this.settle(undefined);
    controller.abort(new Error('The response is longer than is read.'));
  }

  onResponseEnd(): void {
    this.settle(undefined);
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.settle(error);
  }

  private expire(deadlineMs: number): void {
    const error = new DeadlineError(`No complete response within ${deadlineMs} ms.`);
    this.settle(error);
    this.controller?.abort(error);
  }

  private settle(error: Error | undefined): void {
    if (this.settled) return;
    this.settled = true;
    clearTimeout(this.timer);
    const [first] = this.chunks;
    const body = this.chunks.length === 1 && first ? first : Buffer.concat(this.chunks);
    this.answer({ statusCode: this.statusCode, headers: this.headers, body, error });
  }
}
