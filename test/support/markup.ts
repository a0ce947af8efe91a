/** HTML as strictly as our own page writes it: every element closed, every value quoted, nothing raw between tags. */

const voidElements = new Set(['meta', 'link', 'br', 'input']);
const known = new Set(
  'html head meta title link style body header main footer section details summary div p a h1 h2 h3 ul ol li dl dt dd b em code pre span form label textarea button table thead tbody tr th td script svg rect path text'.split(
    ' ',
  ),
);
/** These hold text only, as it is. */
const rawElements = new Set(['style', 'script']);
/** A `<p>` ends where one of these begins. */
const blocks = new Set(
  'header main footer section details div p h1 h2 h3 ul ol dl pre form table'.split(' '),
);
const tag = /^<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?|(?: viewBox="[^"]*"))*)(\/?)>/;
const text = /^(?:[^<&>]|&(?:amp|lt|gt|quot|#39);)+/;

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** @throws with what is wrong and where */
export function parseMarkup(page: string): readonly Element[] {
  const doctype = '<!doctype html>\n';
  if (!page.startsWith(doctype)) throw new Error('no doctype');
  const elements: Element[] = [];
  const open: string[] = [];
  let rest = page.slice(doctype.length).trimEnd();
  const fail = (what: string): never => {
    throw new Error(`${what} in ${open.join('>')}: ${rest.slice(0, 120)}`);
  };
  while (rest !== '') {
    const top = open.at(-1);
    if (top !== undefined && rawElements.has(top)) rest = rest.slice(rest.indexOf(`</${top}>`));
    const [words] = text.exec(rest) ?? [];
    if (words !== undefined) {
      rest = rest.slice(words.length);
      continue;
    }
    const [whole = '', end, name = '', attributes = '', selfClosing] = tag.exec(rest) ?? [];
    if (whole === '') fail('neither text nor a tag');
    if (!known.has(name)) fail(`unknown element ${name}`);
    if (end === '/') {
      if (open.pop() !== name) fail(`closes ${name}`);
    } else {
      if (blocks.has(name) && open.includes('p')) fail(`${name} within p`);
      elements.push({ name, attributes: parseAttributes(attributes, fail) });
      if (!voidElements.has(name) && selfClosing === '') open.push(name);
    }
    rest = rest.slice(whole.length);
  }
  if (open.length > 0) fail('not closed');
  const ids = elements.flatMap(({ attributes }) => attributes['id'] ?? []);
  if (new Set(ids).size < ids.length) fail(`ids more than once: ${ids}`);
  return elements;
}

function parseAttributes(source: string, fail: (what: string) => never): Record<string, string> {
  const pairs = [...source.matchAll(/ ([a-zA-Z-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => {
    if (/^(on|style$)/.test(name)) fail(`attribute ${name}`);
    if (/&(?!(amp|lt|gt|quot|#39);)/.test(value)) fail(`raw & in ${name}`);
    return [name, value] as const;
  });
  return Object.fromEntries(pairs);
}
