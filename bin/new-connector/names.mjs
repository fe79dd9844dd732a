/** Why no connector was made. The message is for the person who asked. */
export class Refusal extends Error {}

/** Rooms that are no connectors, and words that `openpost sandbox` already knows. */
const RESERVED = ['contract', 'transport', 'bench', 'index', 'books', 'http', 'smtp', 'demo', 'all', 'openpost'];
const LONGEST = 40;

/** The ways in which a connector's name is written. Throws Refusal. */
export function readNames(name) {
  if (name === undefined || name === '') throw new Refusal('a name is missing: npm run new-connector NAME');
  if (!/^[a-z]+(-[a-z]+)*$/.test(name))
    throw new Refusal(
      `a name is lower-case words with hyphens between them, such as "yuki" or "exact-online", got "${name}"`,
    );
  if (name.length > LONGEST) throw new Refusal(`a name has at most ${LONGEST} characters, got ${name.length}`);
  if (RESERVED.includes(name)) throw new Refusal(`"${name}" has a meaning of its own here`);
  const words = name.split('-').map((word) => `${word[0].toUpperCase()}${word.slice(1)}`);
  return {
    kebab: name,
    pascal: words.join(''),
    title: words.join(' '),
    upper: name.toUpperCase().replaceAll('-', '_'),
  };
}
