import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import * as library from 'nestjs-booking-webhooks';
import * as receiver from 'nestjs-booking-webhooks/receiver';
import ts from 'typescript';

const ROOT = resolve(__dirname, '..');
const SOURCE = 'libs/webhooks/src';
const PAGES = pagesUnder('.');

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const { OPTION_DEFAULTS, STRUCTURE_DEFAULTS } = defaultsInForce();

/** They are no part of the library's door, so the file they are in is run by itself. */
function defaultsInForce() {
  const exports: { OPTION_DEFAULTS?: Record<string, unknown>; STRUCTURE_DEFAULTS?: Record<string, unknown> } =
    {};
  const { outputText } = ts.transpileModule(read(`${SOURCE}/webhooks.options.ts`), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  runInNewContext(outputText, { exports });
  const { OPTION_DEFAULTS, STRUCTURE_DEFAULTS } = exports;
  if (!OPTION_DEFAULTS || !STRUCTURE_DEFAULTS)
    throw new Error('webhooks.options.ts has no defaults any more.');
  return { OPTION_DEFAULTS, STRUCTURE_DEFAULTS };
}

function filesUnder(folder: string, extension: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .map((name) => join(folder, name));
}

/** Every page of the repository; what was installed or built is not of it. */
function pagesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return /^(\..*|node_modules|dist|coverage|results)$/.test(entry.name) ? [] : pagesUnder(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** GitHub's anchors of a page's headings. */
function anchorsOf(page: string): string[] {
  const prose = page.replace(/^```.*?^```/gms, '');
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The cells of a table's rows; the one of the heading with this name. */
function tableUnder(page: string, heading: string): string[][] {
  const [, section = ''] = page.split(new RegExp(`^#+ ${heading}$`, 'm'));
  const [own = ''] = section.split(/^#/m);
  const lines = own.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The text of the first code span. */
function code(cell: string | undefined): string | undefined {
  return /`([^`]*)`/.exec(cell ?? '')?.[1];
}

describe('every page', () => {
  it.each(PAGES)('%s links only to what exists', (path) => {
    const prose = read(path).replace(/^```.*?^```/gms, '');
    const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const broken = targets.filter((target) => {
      if (/^[a-z]+:/.test(target)) return false;
      const [file = '', anchor] = target.split('#');
      const found = file === '' ? path : relative(ROOT, join(ROOT, dirname(path), file));
      if (!existsSync(join(ROOT, found))) return true;
      return (
        anchor !== undefined &&
        statSync(join(ROOT, found)).isFile() &&
        !anchorsOf(read(found)).includes(anchor)
      );
    });
    expect(broken).toEqual([]);
  });

  it.each(PAGES)('%s imports from the library only what it exports', (path) => {
    const imports = read(path).matchAll(/import \{([^}]+)\} from 'nestjs-booking-webhooks(\/receiver)?'/g);
    const unknown = [...imports].flatMap(([, list = '', door]) => {
      const names = list.split(',').map((name) => name.trim());
      return names.filter((name) => name !== '' && !(name in (door ? receiver : library)));
    });
    expect(unknown).toEqual([]);
  });
});

describe('the README', () => {
  it('shows the files that it names as sources as they are', () => {
    const shown = [...read('README.md').matchAll(/<!-- source: (\S+) -->\n+```ts\n(.*?)```$/gms)];
    expect(shown.map(([, path]) => path)).toEqual(['apps/demo/src/app.module.ts']);
    for (const [, path = '', text] of shown) expect(text).toBe(read(path));
  });

  it('leads to every page of docs, by one link or by several', () => {
    const reached = new Set(['README.md']);
    for (const page of reached)
      for (const [, target = ''] of read(page).matchAll(/\]\(([^)\s#:]+\.md)(?:#[^)]*)?\)/g))
        reached.add(join(dirname(page), target));
    expect([...reached]).toEqual(expect.arrayContaining(filesUnder('docs', '.md')));
  });

  it('lists every event type', () => {
    const missing = library.EVENT_TYPES.filter(({ name }) => !read('README.md').includes(`\`${name}\``));
    expect(missing).toEqual([]);
    expect(read('README.md')).toContain('thirteen types');
    expect(library.EVENT_TYPES).toHaveLength(13);
  });
});

describe('the changelog', () => {
  const [, ...versions] = read('CHANGELOG.md').split(/^## /m);
  const [unreleased = '', ...released] = versions;

  it('begins with what is not released, and has each version with its day', () => {
    expect(unreleased).toMatch(/^\[Unreleased\]\n/);
    for (const version of released) expect(version).toMatch(/^\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}\n/);
  });

  it('has the version of the package', () => {
    const { version } = JSON.parse(read('libs/webhooks/package.json')) as { version: string };
    expect(released[0]).toContain(`[${version}] - `);
  });

  it('sorts changes as Keep a Changelog does', () => {
    const kinds = versions.flatMap((version) =>
      [...version.matchAll(/^### (.*)$/gm)].map(([, kind]) => kind),
    );
    const known = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
    expect(kinds.filter((kind) => !known.includes(kind ?? ''))).toEqual([]);
    expect(kinds).toContain('Added');
  });
});

describe('the table of retries', () => {
  it('adds up the default waits', () => {
    let total = 0;
    const waits = (OPTION_DEFAULTS.retryDelaysMs as number[]).map((wait, index) => [
      String(index + 2),
      spoken(wait),
      spoken((total += wait)),
    ]);
    expect(tableUnder(read('docs/concepts.md'), 'Retries')).toEqual([['1', 'none', '0 s'], ...waits]);
  });

  function spoken(ms: number): string {
    const parts: [number, string][] = [
      [Math.floor(ms / 3_600_000), 'h'],
      [Math.floor(ms / 60_000) % 60, 'min'],
      [(ms / 1_000) % 60, 's'],
    ];
    return parts
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count} ${unit}`)
      .join(' ');
  }
});

describe('the page of options', () => {
  const page = read('docs/options.md');
  const source = parsed('webhooks.options.ts');
  const queueName = { name: 'webhooks' };

  it.each([
    ['Structure', 'WebhooksStructure', STRUCTURE_DEFAULTS],
    ['access', 'WebhooksAccess', {}],
    ['queue', 'WebhooksQueue', queueName],
    ['Engine', 'WebhooksOptions', OPTION_DEFAULTS],
  ])('has under %s a row for each member of %s, with its default', (heading, name, defaults) => {
    const members = membersOf(name);
    const rows = tableUnder(page, heading);
    expect(rows.map(([option]) => code(option))).toEqual(members.map((member) => member.name));
    for (const [index, { name: option, documented, optional }] of members.entries()) {
      const cell = rows[index]?.at(-2);
      expect([option, cell]).not.toEqual([option, '']);
      const value = (defaults as Record<string, unknown>)[option];
      if (value !== undefined) expect([option, code(cell)]).toEqual([option, literal(value)]);
      else if (documented?.startsWith('[]')) expect([option, code(cell)]).toEqual([option, '[]']);
      if (!optional) expect([option, cell]).toEqual([option, 'required']);
    }
  });

  it('and the source agree with the defaults that are in force', () => {
    const wrong = [...membersOf('WebhooksStructure'), ...membersOf('WebhooksOptions')].filter(
      ({ name, documented = '' }) => {
        const value = { ...STRUCTURE_DEFAULTS, ...OPTION_DEFAULTS }[name];
        return value !== undefined && !Array.isArray(value) && !documented.startsWith(literal(value));
      },
    );
    expect(wrong).toEqual([]);
  });

  it('has the bounds that the boot enforces', () => {
    const bounds = boundsOf(parsed('operations/resolve-options.ts'));
    expect(bounds.size).toBeGreaterThan(10);
    const rows = new Map(tableUnder(page, 'Engine').map(([option, , allowed]) => [code(option), allowed]));
    for (const [option, [lowest, highest]] of bounds) {
      expect([option, rows.get(option)]).toEqual([option, `${lowest} to ${highest}`]);
    }
  });

  it('has every code that a wrong configuration is refused with, and no other', () => {
    const thrown = filesUnder(SOURCE, '.ts')
      .map(read)
      .flatMap((text) => [...text.matchAll(/(?:new WebhooksConfigurationError|\bwrong)\(\s*'([A-Z_]+)'/g)])
      .map(([, name]) => name);
    const listed = tableUnder(page, 'When something is wrong').map(([name]) => code(name));
    expect(listed.toSorted()).toEqual([...new Set(thrown)].sort());
  });

  function parsed(path: string): ts.SourceFile {
    return ts.createSourceFile(path, read(join(SOURCE, path)), ts.ScriptTarget.ESNext, true);
  }

  function membersOf(name: string) {
    const found = source.statements.filter(ts.isInterfaceDeclaration).find((one) => one.name.text === name);
    return (found?.members ?? []).map((member) => {
      const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === 'default');
      return {
        name: member.name?.getText() ?? '',
        optional: member.questionToken !== undefined || name === 'WebhooksStructure',
        documented: ts.getTextOfJSDocComment(tag?.comment),
      };
    });
  }

  function boundsOf(file: ts.SourceFile): Map<string, [lowest: number, highest: number]> {
    const bounds = new Map<string, [number, number]>();
    const visit = (node: ts.Node): void => {
      if (ts.isPropertyAssignment(node) && ts.isArrayLiteralExpression(node.initializer)) {
        const [lowest, highest] = node.initializer.elements.map((element) =>
          Number(element.getText().replaceAll('_', '')),
        );
        if (lowest !== undefined && highest !== undefined) bounds.set(node.name.getText(), [lowest, highest]);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
    return bounds;
  }

  function literal(value: unknown): string {
    return typeof value === 'string' ? `'${value}'` : JSON.stringify(value).replaceAll(',', ', ');
  }
});
