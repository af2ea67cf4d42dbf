import { Controller, Get, Header, Inject, NotFoundException, Param, Redirect, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { settings } from '../settings.js';
import { SESSION_COOKIE } from './session-cookie.js';
import { SignIn } from './sign-in.js';

/** The demo's front door: nothing but a choice of who to be, since it runs on your own machine. */
@Controller()
export class SignInController {
  constructor(
    @Inject(SignIn) private readonly signIn: SignIn,
    @Inject(HttpAdapterHost) private readonly adapters: HttpAdapterHost,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
  )
  choose(): string {
    const links = this.signIn.people.map(
      ({ name, sees }) =>
        `<li><a href="sign-in/${encodeURIComponent(name)}">${escaped(name)}</a><span>sees ${escaped(sees)}</span></li>`,
    );
    return PAGE.replace('<!-- people -->', () => links.join('\n')).replace(
      '<!-- queues -->',
      // Without a Redis there is no queue to look at.
      settings.redisUrl ? QUEUES : '',
    );
  }

  @Get('sign-in/:name')
  @Redirect('../webhooks/portal/', 302)
  enter(@Param('name') name: string, @Res({ passthrough: true }) response: object): void {
    const person = this.signIn.people.find((one) => one.name === name);
    if (!person)
      throw new NotFoundException('Nobody of that name can sign in here. The page at / lists who can.');
    const cookie = `${SESSION_COOKIE}=${this.signIn.signIn(person)}; HttpOnly; SameSite=Strict; Path=/`;
    this.adapters.httpAdapter.setHeader(response, 'set-cookie', cookie);
  }
}

const QUEUES = `<p>The operator also sees <a href="operations/queues">the queue that wakes lanes</a>.</p>`;

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in to the demo</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
main { max-inline-size: 34rem; margin: 10vh auto; padding: 0 1rem; }
ul { display: grid; gap: .5rem; margin: 1.5rem 0; padding: 0; list-style: none; }
li { position: relative; display: grid; padding: .75rem 1rem; border: 1px solid light-dark(#868f9c, #697383); border-radius: 10px; }
li:hover { background: light-dark(#f0f2f5, #1b2028); }
a { color: light-dark(#2c50c9, #9db4ff); font-weight: 600; }
a::after { position: absolute; inset: 0; content: ""; }
span { color: light-dark(#545d6b, #a0a9b7); font-size: .875rem; }
</style>
</head>
<body>
<main>
<h1>Who are you?</h1>
<p>Each partner sees its own webhooks, the operator sees all.</p>
<ul>
<!-- people -->
</ul>
<!-- queues -->
</main>
</body>
</html>
`;

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
