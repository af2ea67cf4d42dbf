import { withOpenedToken, withSealedToken } from './originator-token.js';
import { SecretBox } from './secret-box.js';

const box = new SecretBox([Buffer.alloc(32, 1).toString('base64')]);
const agent = { type: 'agent', id: 101, name: 'Support Agent', tokenUsed: 'the_agent_token_used' } as const;

it('a stored originator does not hold the token readable', () => {
  const stored = withSealedToken(agent, box);
  expect(JSON.stringify(stored)).not.toContain('the_agent_token_used');
  expect(withOpenedToken(stored, box)).toEqual(agent);
});

it('a token that no key opens is left out, and so is one that was never sealed', () => {
  const other = new SecretBox([Buffer.alloc(32, 2).toString('base64')]);
  expect(withOpenedToken(withSealedToken(agent, box), other).tokenUsed).toBeUndefined();
  expect(withOpenedToken(agent, box).tokenUsed).toBeUndefined();
});
