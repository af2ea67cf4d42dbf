import { Command, Option } from 'commander';
import { buffer } from 'node:stream/consumers';

import { HMAC_DEFAULTS } from '../../signing/hmac-signature.js';
import type { SigningScheme } from '../../signing/signing-schemes.js';
import { SIGNING_SCHEMES } from '../../signing/signing-schemes.js';
import type { Answer, Answering } from '../answer.js';
import { EXIT, usageError } from '../answer.js';
import { bytesOf, readSecrets } from '../secrets.js';
import { readTime } from '../words.js';
import type { CapturedRequest } from './captured-request.js';
import { headerOf, readRawRequest, requestOf } from './captured-request.js';
import type { Diagnosis, Expected } from './diagnosis.js';
import { diagnose } from './diagnosis.js';

const TOLERANCE_SECONDS = 300;

interface VerifySettings {
  request?: string;
  headers?: string;
  body?: string;
  scheme?: SigningScheme;
  secretFile?: string;
  header?: string;
  prefix: string;
  tolerance: number;
  at?: number;
}

export function verifyCommand(answer: Answering): Command {
  return new Command('verify')
    .description(
      'Says whether a captured request is signed by a secret, and if not, why not. Needs no database.',
    )
    .option(
      '--request <file>',
      "the request as HTTP writes it: headers, an empty line, the body; '-', or nothing, for the standard input",
    )
    .option('--headers <file>', 'its headers alone: lines of `Name: value`, or JSON')
    .option('--body <file>', 'its body alone, byte for byte')
    .addOption(
      new Option(
        '--scheme <scheme>',
        'how it is signed, as the webhook has it; found out by the request and the secret, but for none',
      ).choices([...SIGNING_SCHEMES]),
    )
    .option(
      '--secret-file <file>',
      'the secret, for ed25519 the public key, for none the token or user:password; several one a line (env: WEBHOOK_SECRET)',
    )
    .option('--header <name>', `the header of the scheme hmac; ${HMAC_DEFAULTS.header}, when it is left out`)
    .option('--prefix <text>', 'what stands before the hex digits there', HMAC_DEFAULTS.prefix)
    .option('--tolerance <seconds>', 'how old it may be', wholeSeconds, TOLERANCE_SECONDS)
    .option(
      '--at <time>',
      'when it arrived: ISO 8601 with its zone, or how long ago (90m); now, when it is left out',
      arrival,
    )
    .action(async (settings: VerifySettings) => {
      const request = await readRequest(settings);
      const source = { what: 'secret', variable: 'WEBHOOK_SECRET', option: '--secret-file' };
      const secrets = await readSecrets({ ...source, file: settings.secretFile, between: /\r?\n/ });
      const expected = expectedOf(request, settings, secrets);
      answer(outcome(request, expected, diagnose(request, expected)));
    });
}

async function readRequest({ request, headers, body }: VerifySettings): Promise<CapturedRequest> {
  if ((headers === undefined) !== (body === undefined) || (request !== undefined && headers !== undefined))
    throw usageError(
      'Pass --headers and --body together, or --request alone, or the request on the standard input.',
    );
  if (headers !== undefined && body !== undefined)
    return requestOf(await bytesOf('--headers', headers), await bytesOf('--body', body));
  if (request !== undefined && request !== '-') return readRawRequest(await bytesOf('--request', request));
  if (process.stdin.isTTY)
    throw usageError('There is no request. Pass --request, or --headers and --body, or pipe it in.');
  return readRawRequest(await buffer(process.stdin));
}

function expectedOf(request: CapturedRequest, settings: VerifySettings, secrets: string[]): Expected {
  const { header, prefix, tolerance, at, scheme = likelyScheme(request, settings, secrets) } = settings;
  return {
    scheme,
    secrets,
    header: header ?? HMAC_DEFAULTS.header,
    prefix,
    toleranceSeconds: tolerance,
    at: at ?? Date.now(),
  };
}

function likelyScheme(
  request: CapturedRequest,
  { header }: VerifySettings,
  secrets: string[],
): SigningScheme {
  if (secrets.some((secret) => /^["']?wh[ps]k_/.test(secret))) return 'ed25519';
  const standard = headerOf(request, 'webhook-signature') !== undefined;
  const hmac = header ?? (standard ? undefined : headerOf(request, HMAC_DEFAULTS.header));
  return hmac === undefined ? 'standard' : 'hmac';
}

function outcome({ notes }: CapturedRequest, { scheme }: Expected, diagnosis: Diagnosis): Answer {
  const json = { ...diagnosis, scheme, notes };
  if (diagnosis.ok) {
    const { found } = diagnosis;
    const said =
      found === undefined
        ? `The request is signed by this secret, in the scheme ${scheme}.`
        : `The request carries this secret in ${found}. Nothing signs it: whoever knows the secret can have sent or changed it.`;
    return { text: [said, ...notes].join('\n'), json };
  }
  const { reason, detail, remedy } = diagnosis;
  const text = [
    `The request does not verify in the scheme ${scheme} (${reason}).`,
    detail,
    remedy,
    ...notes,
  ].join('\n');
  return { text, json, exitCode: EXIT.no };
}

function wholeSeconds(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw usageError(`--tolerance is '${text}'; pass a whole number of seconds.`);
}

function arrival(text: string): number {
  const time = readTime(text, Date.now());
  if (time) return time.getTime();
  throw usageError(
    `--at is '${text}', which is no time; write it as 2026-11-22T09:00:00Z, or how long ago (90m).`,
  );
}
