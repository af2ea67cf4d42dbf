import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { replaceSqliteFile } from './sqlite-file.js';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sqlite-file-'));
  file = join(folder, 'platform.db');
  await writeFile(file, 'read');
  await chmod(file, 0o640);
});
afterEach(() => rm(folder, { recursive: true }));

it('a changed copy takes the place of what was read, with its permissions', async () => {
  await replaceSqliteFile(file, Buffer.from('read'), Buffer.from('changed'));
  expect(await readFile(file, 'utf8')).toBe('changed');
  expect((await stat(file)).mode & 0o777).toBe(0o640);
  expect(await readdir(folder)).toEqual(['platform.db']);
});

it('behind a link it is the file that is replaced', async () => {
  const link = join(folder, 'link.db');
  await symlink(file, link);
  await replaceSqliteFile(link, Buffer.from('read'), Buffer.from('changed'));
  expect(await readFile(file, 'utf8')).toBe('changed');
});

it('what somebody else has written meanwhile is not lost', async () => {
  await writeFile(file, 'theirs');
  await expect(replaceSqliteFile(file, Buffer.from('read'), Buffer.from('ours'))).rejects.toMatchObject({
    code: 'FILE_CHANGED',
    exitCode: 4,
    message: expect.stringContaining('run it again'),
  });
  expect(await readFile(file, 'utf8')).toBe('theirs');
  expect(await readdir(folder)).toEqual(['platform.db']);
});

it('of two that save at once, one does', async () => {
  const saves = ['one', 'two', 'three'].map((text) =>
    replaceSqliteFile(file, Buffer.from('read'), Buffer.from(text)).then(
      () => text,
      (error: { code: string }) => error.code,
    ),
  );
  const said = await Promise.all(saves);
  expect(said.filter((one) => one === 'FILE_CHANGED')).toHaveLength(2);
  expect(said).toContain(await readFile(file, 'utf8'));
  expect(await readdir(folder)).toEqual(['platform.db']);
});

it('a copy that a killed run left is named, and nothing is saved', async () => {
  await writeFile(`${file}.new`, 'half');
  await expect(replaceSqliteFile(file, Buffer.from('read'), Buffer.from('ours'))).rejects.toMatchObject({
    code: 'FILE_CHANGED',
    message: expect.stringContaining(`remove ${file}.new`),
  });
  expect(await readFile(file, 'utf8')).toBe('read');
});
