/** What a process of the bench is told by its environment. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the bench sets it for each process it starts.`);
  return value;
}
