export const SESSION_COOKIE = 'demo_session';

/** The session that a request's `Cookie` header names. */
export function sessionIn(cookies: string | undefined): string | undefined {
  const pairs = (cookies ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === SESSION_COOKIE)?.[1];
}
