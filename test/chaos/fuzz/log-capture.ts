import type { LoggerService } from '@nestjs/common';
import { inspect } from 'node:util';

/** Takes the place of Nest's logger, and keeps what is written until it is looked at. */
export class LogCapture implements LoggerService {
  private readonly lines: string[] = [];

  log(...parts: unknown[]): void {
    this.keep(parts);
  }

  warn(...parts: unknown[]): void {
    this.keep(parts);
  }

  error(...parts: unknown[]): void {
    this.keep(parts);
  }

  fatal(...parts: unknown[]): void {
    this.keep(parts);
  }

  debug(...parts: unknown[]): void {
    this.keep(parts);
  }

  verbose(...parts: unknown[]): void {
    this.keep(parts);
  }

  /** The lines since the last time. */
  take(): string[] {
    return this.lines.splice(0);
  }

  private keep(parts: unknown[]): void {
    this.lines.push(parts.map((part) => (typeof part === 'string' ? part : inspect(part))).join(' '));
  }
}
